/** The scale at the bottom left, in step with zoom and latitude. */
import { useEffect, useRef } from 'react'
import type { MapRef } from './mapRef'

const STEPS_M = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]

export function ScaleBar({ mapRef }: { mapRef: MapRef }) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const timer = window.setInterval(() => {
      const view = mapRef.current?.centre()
      if (!view || !bar.current) return
      const metresPerPx = (40_075_017 * Math.cos((view.lat * Math.PI) / 180)) / (512 * 2 ** view.zoom)
      const length = STEPS_M.findLast((step) => step / metresPerPx <= 110) ?? 50
      bar.current.style.width = `${length / metresPerPx}px`
      bar.current.dataset.text = length < 1000 ? `${length} m` : `${length / 1000} km`
    }, 300)
    return () => window.clearInterval(timer)
  }, [mapRef])
  return <div ref={bar} className="scale" aria-hidden="true" />
}

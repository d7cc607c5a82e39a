/** Web mercator in 0..1, as the map library uses it. */

export function mercatorX(lon: number): number {
  return lon / 360 + 0.5
}

export function mercatorY(lat: number): number {
  const s = Math.sin((lat * Math.PI) / 180)
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)
}

export function mercatorLon(x: number): number {
  return (x - 0.5) * 360
}

export function mercatorLat(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
}

/** Points of a circle of `metres` round a place, first point repeated at the end. */
export function ring(lon: number, lat: number, metres: number, steps = 128): [number, number][] {
  const k = Math.PI / 180
  const d = metres / 6_371_008.8
  const lat1 = lat * k
  return Array.from({ length: steps + 1 }, (_, i) => {
    const a = (i / steps) * 2 * Math.PI
    const lat2 = Math.asin(Math.sin(lat1) * Math.cos(d) + Math.cos(lat1) * Math.sin(d) * Math.cos(a))
    const dLon = Math.atan2(Math.sin(a) * Math.sin(d) * Math.cos(lat1), Math.cos(d) - Math.sin(lat1) * Math.sin(lat2))
    return [lon + dLon / k, lat2 / k]
  })
}

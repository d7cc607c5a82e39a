/** What the screen does beside showing: stay awake, call for attention, be light. */
import { useEffect, useRef } from 'react'
import { applyPalette } from '../../theme/tokens'
import type { Assignment } from '../types'

/** The screen stays on during an assignment. */
export function useWakeLock(active: boolean): void {
  useEffect(() => {
    if (!active || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | null = null
    let over = false
    const take = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock.request('screen').then(
        (taken) => {
          lock = taken
          if (over) void taken.release()
        },
        () => undefined,
      )
    }
    take()
    document.addEventListener('visibilitychange', take)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', take)
      void lock?.release()
    }
  }, [active])
}

const ALERT_EVERY_MS = 10_000
const ALERT = [300, 120, 300, 120, 300]

/** An order that nobody has received yet: three short tones and a long vibration, again and again. */
export function useOrderAlert(assignment: Assignment | null, received: boolean): void {
  const context = useRef<AudioContext | null>(null)
  const id = assignment && !received ? assignment.id : null
  useEffect(() => {
    // Browsers let a page sound only after a touch.
    const wake = () => {
      context.current ??= new AudioContext()
      if (context.current.state === 'suspended') void context.current.resume()
    }
    document.addEventListener('pointerdown', wake)
    return () => document.removeEventListener('pointerdown', wake)
  }, [])
  useEffect(() => {
    if (!id) return
    const alert = () => {
      navigator.vibrate?.(ALERT)
      if (context.current?.state === 'running') [0, 0.2, 0.4].forEach((delay) => beep(context.current as AudioContext, delay))
    }
    alert()
    const timer = window.setInterval(alert, ALERT_EVERY_MS)
    return () => {
      window.clearInterval(timer)
      navigator.vibrate?.(0)
    }
  }, [id])
}

function beep(audio: AudioContext, delay: number): void {
  const tone = audio.createOscillator()
  const gain = audio.createGain()
  tone.frequency.value = 990
  gain.gain.value = 0.5
  tone.connect(gain).connect(audio.destination)
  tone.start(audio.currentTime + delay)
  tone.stop(audio.currentTime + delay + 0.12)
}

/** Light, for the sun; the desk's own palette comes back with the log-out, which is a page load. */
export function useLightPage(): void {
  useEffect(() => {
    applyPalette('light')
    document.documentElement.classList.add('crew-page')
    return () => {
      applyPalette('dark')
      document.documentElement.classList.remove('crew-page')
    }
  }, [])
}

/** The wall is laid out once, for 1920x1080, and zoomed to the screen: 2 on 3840x2160. */
import { useSyncExternalStore } from 'react'

const WIDTH = 1920
const HEIGHT = 1080

function scaleNow(): number {
  return Math.min(window.innerWidth / WIDTH, window.innerHeight / HEIGHT)
}

export function useWallScale(): number {
  return useSyncExternalStore((notify) => {
    window.addEventListener('resize', notify)
    return () => window.removeEventListener('resize', notify)
  }, scaleNow)
}

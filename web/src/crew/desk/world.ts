/** Which world the phone works in: the live one, or a drill with a name and a rate of its own. */
import { useEffect, useState } from 'react'
import { getWorlds } from '../../api/client'
import type { CrewDesk } from './crewDesk'

const EVERY_MS = 15_000

/** The drill's name; null in the live world. A world that is not `live` is a drill until told otherwise. */
export function useWorldOf(desk: CrewDesk | null, world: string): string | null {
  const [name, setName] = useState<string | null>(world === 'live' ? null : world)
  useEffect(() => {
    if (!desk || world === 'live') return
    const ask = async () => {
      const worlds = await getWorlds().catch(() => [])
      const found = worlds.find((other) => other.id === world)
      if (!found) return
      setName(found.kind === 'live' ? null : found.name)
      desk.setRate(found.kind === 'live' ? 1 : found.clock.running ? found.clock.speed : 0)
    }
    void ask()
    const timer = window.setInterval(() => void ask(), EVERY_MS)
    return () => window.clearInterval(timer)
  }, [desk, world])
  return name
}

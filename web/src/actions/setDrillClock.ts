/** Starts, pauses, steps or speeds up a drill's clock. */
import { postDrillClock, type ClockAction } from '../api/client'

export const SPEEDS = [1, 4, 10] as const

export async function setDrillClock(drill: string, action: ClockAction): Promise<void> {
  await postDrillClock(drill, action)
}

/** Makes a drill world out of the live picture. */
import { postDrill } from '../api/client'

export interface DrillPlan {
  name: string
  /** World time the drill begins at, epoch ms. */
  start: number
  speed: number
}

export async function createDrill(plan: DrillPlan): Promise<string> {
  const start = new Date(plan.start).toISOString().replace(/\.\d+Z$/, 'Z')
  const { id } = await postDrill({ name: plan.name, from: { world: 'live' }, clock: { start, speed: plan.speed } })
  return id
}

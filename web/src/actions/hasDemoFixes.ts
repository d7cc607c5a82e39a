/** Looks whether recent positions come from the demonstration feed. */
import { getResources } from '../api/client'

const RECENT_S = 120
const SAMPLE = 20

export async function hasDemoFixes(world: string): Promise<boolean> {
  const { features } = await getResources(world, { kind: 'ambulance', max_fix_age_s: RECENT_S, limit: SAMPLE })
  return features.some((feature) => feature.properties.fix_source === 'demo')
}

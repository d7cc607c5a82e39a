/** Ends a drill for good. */
import { postDrillFinish } from '../api/client'

export async function finishDrill(drill: string): Promise<void> {
  await postDrillFinish(drill)
}

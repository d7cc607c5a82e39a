/** Ends the session; the screen goes back to the log-in in any case. */
import { deleteSession } from '../api/client'

export async function logOut(): Promise<void> {
  await deleteSession().catch(() => undefined)
  location.assign('/')
}

/** Ends the session; the screen goes back to the log-in in any case. */
import { deleteSession } from '../api/client'
import { forgetDrafts } from '../dispatch/drafts'

export async function logOut(): Promise<void> {
  await deleteSession().catch(() => undefined)
  forgetDrafts(localStorage)
  location.assign('/')
}

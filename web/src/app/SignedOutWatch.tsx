/** Leads back to the log-in when the feed says that the session is over. */
import { useEffect } from 'react'
import { useFeed } from '../ui/hooks'
import { useDesk } from './desk'

export function SignedOutWatch() {
  const { feed, signedOut } = useDesk()
  useFeed(feed, 'status', 0)
  const over = feed.status.phase === 'signed_out'
  useEffect(() => {
    if (over) signedOut()
  }, [over, signedOut])
  return null
}

/** How far this desk may believe its picture now. */
import { freshnessOf, type Freshness } from '../domain/freshness'
import { useFeed } from '../ui/hooks'
import { useDesk } from './desk'

export function useFreshness(): Freshness {
  const { feed, frozen } = useDesk()
  useFeed(feed, 'status', 0)
  return freshnessOf(feed.status, frozen)
}

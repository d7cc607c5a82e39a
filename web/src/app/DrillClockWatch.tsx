/** Asks for the drill's clock as soon as the feed says that somebody changed it. */
import { useEffect } from 'react'
import { useFeed } from '../ui/hooks'
import { useDesk } from './desk'

export function DrillClockWatch() {
  const { feed, refreshWorlds } = useDesk()
  useFeed(feed, 'entities', 100)
  const version = [...feed.picture.all('clock')][0]?.version
  useEffect(() => {
    if (version !== undefined) void refreshWorlds()
  }, [version, refreshWorlds])
  return null
}

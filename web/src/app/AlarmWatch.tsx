/** Sounds what a desk must notice, on whatever section it is; the chip in the top bar is its visible twin. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Call } from '../api/cases'
import { useDesk } from './desk'
import { goTo } from './sections'
import { alarmsOf, soundOf, type Alarm } from '../domain/alarms'
import { meOf } from '../dispatch/useDispatch'
import { focusOn } from '../dispatch/deskState'
import { useT } from '../i18n/context'
import { useFeed, useSecond } from '../ui/hooks'
import { Icon } from '../ui/icons'
import { due, type Played } from '../ui/sounds'
import { useStore } from '../ui/store'

/** Rings and alarms of this account now. */
export function useAlarms(): { ringing: Call[]; alarms: Alarm[] } {
  const { feed, session } = useDesk()
  const version = useFeed(feed, 'entities', 100)
  const second = useSecond()
  return useMemo(() => {
    void version
    void second
    const { role, username } = session.user
    if (role !== 'commander' && role !== 'dispatcher') return { ringing: [], alarms: [] }
    const ringing = [...feed.picture.all<Call>('call')].filter((call) => call.status === 'ringing')
    return { ringing, alarms: alarmsOf(feed.picture, feed.clock.now(), { me: meOf(username), commander: role === 'commander' }) }
  }, [feed, session, version, second])
}

export function AlarmWatch() {
  const t = useT()
  const { feed, dispatch, sounds } = useDesk()
  const { ringing, alarms } = useAlarms()
  const { silenced } = useStore(dispatch)
  const second = useSecond()
  const wanted = soundOf(ringing, alarms, silenced, feed.clock.now())
  const played = useRef<Played>({ sound: null, at: 0, times: 0 })
  useEffect(() => {
    const now = Date.now()
    const last = played.current
    if (wanted !== last.sound && !wanted) played.current = { sound: null, at: now, times: 0 }
    if (!due(wanted, last, now)) return
    sounds.play(wanted ?? 'low')
    played.current = { sound: wanted, at: now, times: wanted === last.sound ? last.times + 1 : 1 }
  }, [wanted, second, sounds])
  useConnectionSounds()

  const open = alarms.filter((alarm) => !silenced.has(alarm.key))
  const total = ringing.length + open.length
  const show = () => {
    const first = ringing[0] ? { type: 'call' as const, id: ringing[0].id } : open[0]?.incidentId ? { type: 'incident' as const, id: open[0].incidentId } : null
    goTo('dispatch')
    if (first) focusOn(dispatch, first)
  }
  return (
    <>
      {total > 0 && (
        <button type="button" className="alarm-chip" onClick={show}>
          <Icon name="bell" size={15} />
          {t('alarm.count', { n: total })}
        </button>
      )}
      <Announcer ringing={ringing} alarms={open} />
    </>
  )
}

/** Says it once to whoever listens instead of looking. */
function Announcer({ ringing, alarms }: { ringing: readonly Call[]; alarms: readonly Alarm[] }) {
  const t = useT()
  const unreceived = alarms.filter((alarm) => alarm.kind === 'unreceived').length
  const text = [ringing.length > 0 ? t('alarm.say_ring', { n: ringing.length }) : '', unreceived > 0 ? t('alarm.say_unreceived', { n: unreceived }) : ''].filter(Boolean).join(' ')
  return (
    <div className="unseen" aria-live="assertive">
      {text}
    </div>
  )
}

function useConnectionSounds(): void {
  const { feed, sounds } = useDesk()
  useFeed(feed, 'status', 0)
  const { phase } = feed.status
  const [before, setBefore] = useState(phase)
  useEffect(() => {
    if (phase === before) return
    if (phase === 'offline') sounds.play('lost')
    if (phase === 'live' && before === 'offline') sounds.play('back')
    // Catching up lies between the two and sounds like neither.
    if (phase === 'offline' || phase === 'live') queueMicrotask(() => setBefore(phase))
  }, [phase, before, sounds])
}

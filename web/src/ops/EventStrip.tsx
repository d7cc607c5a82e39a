/** 事件流: what changed, newest first. */
import { useEffect, useMemo, useState } from 'react'
import { readHistory } from '../actions/readHistory'
import { useDesk } from '../app/desk'
import { useWho } from '../app/people'
import { goTo } from '../app/sections'
import type { Mark } from '../api/marks'
import type { Entity, Placed } from '../api/types'
import { focusOn } from '../dispatch/deskState'
import { boxOf } from '../domain/marks'
import { earlier, historyOf, linesOf, type EventLine, type EventTopic } from '../domain/events'
import { useT } from '../i18n/context'
import { clockTime, count, when } from '../i18n/format'
import type { Key } from '../i18n/translate'
import { LOOKS } from '../map/symbols/units'
import { useFeed } from '../ui/hooks'
import { useStore } from '../ui/store'
import { Icon } from '../ui/icons'
import { nameOf, said } from './eventWords'
import type { MapRef } from './mapRef'

const KEPT = 200
const FILTERS: readonly [EventTopic | 'all', Key][] = [
  ['all', 'events.all'],
  ['case', 'events.cases'],
  ['unit', 'events.units'],
  ['bed_pool', 'events.beds'],
  ['stockpile', 'events.stock'],
  ['mark', 'events.marks'],
]

export function EventStrip({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, ops, dispatch } = useDesk()
  const { strip } = useStore(ops)
  const who = useWho()
  const past = usePast()
  const [topic, setTopic] = useState<EventTopic | 'all'>('all')
  const version = useFeed(feed, 'events', 200)
  const epoch = feed.picture.epoch
  useFeed(feed, 'entities', 1000)
  const lines = useMemo(() => {
    void version
    const fresh = linesOf(feed.events, KEPT)
    const told = [...fresh, ...past]
    const oldest = told.at(-1)?.at ?? feed.clock.now()
    const seen = new Set(told.map((line) => line.id))
    return [...told, ...(epoch ? earlier(feed.picture, oldest, 40).filter((line) => !seen.has(line.id)) : [])]
  }, [feed, version, epoch, past])
  const shown = topic === 'all' ? lines : lines.filter((line) => line.topic === topic)
  const choose = (line: EventLine) => {
    const entity = feed.picture.get(line.id) as Placed | undefined
    if (!entity) return
    if ((entity as Entity).kind === 'incident') {
      focusOn(dispatch, { type: 'incident', id: line.id })
      return goTo('dispatch')
    }
    if ((entity as Entity).kind === 'mark') {
      ops.set({ selected: line.id })
      return mapRef.current?.fit(boxOf((entity as unknown as Mark).geometry), true)
    }
    const fix = feed.picture.fixes.get(line.id)
    ops.set({ selected: line.id })
    if (Number.isFinite(entity.lon)) mapRef.current?.reveal(fix?.lon ?? entity.lon, fix?.lat ?? entity.lat, 10)
  }
  return (
    <section className={`events ${strip ? '' : 'folded'}`} aria-label={t('events.title')}>
      <header>
        <Icon name="pulse" />
        <h2>{t('events.title')}</h2>
        <span>{t('events.scope', { n: count(feed.eventsTotal) })}</span>
        <button type="button" className="strip-fold" aria-expanded={strip} onClick={() => ops.set({ strip: !strip })}>
          <Icon name={strip ? 'down' : 'right'} size={13} /> {t(strip ? 'progress.fold' : 'progress.unfold')}
        </button>
        <div className="segments" role="group">
          {FILTERS.map(([value, label]) => (
            <button key={value} type="button" aria-pressed={topic === value} onClick={() => setTopic(value)}>
              {t(label)}
            </button>
          ))}
        </div>
      </header>
      <div className="event-rows" role="log" aria-live="off">
        {shown.length === 0 && <p className="dim pad">{t('events.empty')}</p>}
        {shown.map((line) => (
          <button key={line.key} type="button" className="event" onClick={() => choose(line)}>
            <time>{line.key.startsWith('since') ? when(t, line.at, feed.clock.now()) : clockTime(line.at)}</time>
            <Badge line={line} />
            <b>{nameOf(t, feed.picture, line, who)}</b>
            <span>{said(t, feed.picture, line)}</span>
            <em>{who(line.actor)}</em>
          </button>
        ))}
      </div>
    </section>
  )
}

/** What happened before this tab opened, for those who may read the journal. */
function usePast(): readonly EventLine[] {
  const { feed, world, session } = useDesk()
  const [past, setPast] = useState<readonly EventLine[]>([])
  useFeed(feed, 'entities', 1000)
  const from = feed.firstSeq
  const { role } = session.user
  useEffect(() => {
    if (from === null) return
    readHistory(world.id, role, from).then(
      (entries) => setPast(historyOf(entries)),
      () => setPast([]),
    )
  }, [world.id, role, from])
  return past
}

function Badge({ line }: { line: EventLine }) {
  const t = useT()
  const family = line.what.type === 'status' ? LOOKS[line.what.to].family : 'plain'
  return <i className={`badge family-${family}`}>{t(`badge.${line.topic}`)}</i>
}

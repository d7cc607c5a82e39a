/** 事件流: what changed, newest first. */
import { useEffect, useMemo, useState } from 'react'
import { readHistory } from '../actions/readHistory'
import { useDesk } from '../app/desk'
import { goTo } from '../app/sections'
import type { Mark } from '../api/marks'
import type { Entity, Placed } from '../api/types'
import { focusOn } from '../dispatch/deskState'
import { shortNumber } from '../domain/cases'
import { boxOf } from '../domain/marks'
import { isUnit } from '../domain/units'
import type { Picture } from '../feed/picture'
import { earlier, historyOf, linesOf, type EventLine, type EventTopic } from '../domain/events'
import { useT } from '../i18n/context'
import { clockTime, count, when } from '../i18n/format'
import { word, type Key, type Translate } from '../i18n/translate'
import { LOOKS } from '../map/symbols/units'
import { useFeed } from '../ui/hooks'
import { Icon } from '../ui/icons'
import type { MapRef } from './mapRef'
import { markName } from './marks/words'

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
    <section className="events" aria-label={t('events.title')}>
      <header>
        <Icon name="pulse" />
        <h2>{t('events.title')}</h2>
        <span>{t('events.scope', { n: count(feed.eventsTotal) })}</span>
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
            <b>{nameOf(t, feed.picture, line)}</b>
            <span>{said(t, feed.picture, line)}</span>
            <em>{line.actor ?? ''}</em>
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

/** Things of a case are named by the unit or the number; a call by its line. */
function nameOf(t: Translate, picture: Picture, line: EventLine): string {
  if (line.what.type === 'call') return word(t, 'line', line.what.line)
  const entity = picture.get(line.id)
  if (entity?.kind === 'mark') return markName(t, entity)
  return isUnit(entity) ? entity.name : line.name
}

function said(t: Translate, picture: Picture, line: EventLine): string {
  const { what } = line
  switch (what.type) {
    case 'status': {
      const to = t(`unit.${what.to}`)
      const step = what.from ? t('events.status', { from: t(`unit.${what.from}`), to }) : t('events.status_now', { to })
      return what.reason ? `${step} · ${what.reason}` : step
    }
    case 'beds':
      return t('events.beds_row', { staffed: what.staffed, occupied: what.occupied, held: what.held, free: what.free })
    case 'call':
      return t(`call_status.${what.status}`)
    case 'incident':
      return `${t(what.opened ? 'events.opened' : `incident_status.${what.status}`)} · ${word(t, 'incident', what.incident)}`
    case 'stage': {
      const incident = picture.get(what.incidentId)
      const number = incident?.kind === 'incident' ? t('why.incident', { no: shortNumber(incident.number) }) : ''
      return [t(`stage.${what.stage}`), number].filter(Boolean).join(' · ')
    }
    case 'stock':
      return t('events.stock_row', { lots: what.lots })
    default:
      return t(`events.${what.type}`)
  }
}

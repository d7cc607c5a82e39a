/** 最近资源: the ranked list from a point, with its filters. */
import { Select } from 'antd'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useDesk } from '../app/desk'
import { findNearest } from '../actions/findNearest'
import type { Entity, Placed, PlacedKind, Ranked } from '../api/types'
import { capabilitiesIn } from '../domain/capabilities'
import { freeBeds } from '../domain/places'
import { isUnit } from '../domain/units'
import type { Fix, Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { age, clockTime, coordinates, distance, duration } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { word, type Translate } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { EntityIcon } from './EntityIcon'
import type { MapRef } from './mapRef'
import { askFrom, type QueryPoint } from './opsState'
import { PointField } from './PointField'
import { useQuery } from './useQuery'

const KINDS: readonly PlacedKind[] = ['ambulance', 'team', 'special_vehicle', 'bed_pool', 'stockpile', 'station', 'facility']
const CAN_BE_AVAILABLE: ReadonlySet<PlacedKind> = new Set(['ambulance', 'team', 'special_vehicle', 'bed_pool', 'stockpile'])
const UNITS: ReadonlySet<PlacedKind> = new Set(['ambulance', 'team', 'special_vehicle'])
const LIMIT = 10

export function NearestPanel({ point, mapRef }: { point: QueryPoint; mapRef: MapRef }) {
  const t = useT()
  const { world, feed, ops } = useDesk()
  const [kinds, setKinds] = useState<readonly PlacedKind[]>(['ambulance'])
  const list = useRef<HTMLOListElement>(null)
  const [wanted, setWanted] = useState<string[]>([])
  const [only, setOnly] = useState(true)
  const options = useMemo(() => capabilityOptions(feed.picture, kinds, t), [feed, kinds, t])
  const capabilities = wanted.filter((c) => options.some((o) => o.value === c))
  const limited = kinds.some((kind) => CAN_BE_AVAILABLE.has(kind))
  const available = only && limited
  const question = { lon: point.lon, lat: point.lat, kinds, capabilities, available, limit: LIMIT }
  const answer = useQuery(JSON.stringify(question), (signal) => findNearest(world.id, question, signal))

  useEffect(() => {
    if (answer.value) ops.set({ ranked: answer.value.map((one) => one.id) })
  }, [answer.value, ops])

  const sole = kinds.length === 1 ? kinds[0] : null
  const toggle = (kind: PlacedKind, more: boolean) => {
    const rest = kinds.filter((one) => one !== kind)
    // A click asks for one kind; with Ctrl or Shift it adds one or takes it out.
    if (!more) setKinds([kind])
    else setKinds(rest.length === kinds.length ? [...kinds, kind] : rest.length > 0 ? rest : kinds)
  }
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('.candidate') ?? [])]
    if (!step || rows.length === 0) return
    event.preventDefault()
    const at = rows.indexOf(document.activeElement as HTMLButtonElement)
    rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus()
  }
  return (
    <section className="near" aria-label={t('near.title')}>
      <header className="section-head">
        <Icon name="target" />
        <h2>{t('near.title')}</h2>
        <span>{t('near.from', { name: point.name ?? coordinates(point.lon, point.lat) })}</span>
        <button type="button" className="close" aria-label={t('card.close')} onClick={() => ops.set({ point: null, ranked: [] })}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <div className="near-filters">
        <PointField point={point} onPoint={(next) => askFrom(ops, next)} />
        <div className="segments wrap" role="group" aria-label={t('near.kinds')} title={t('near.kinds_hint')}>
          {KINDS.map((value) => (
            <button key={value} type="button" aria-pressed={kinds.includes(value)} onClick={(event) => toggle(value, event.ctrlKey || event.shiftKey || event.metaKey)}>
              {word(t, 'short', value)}
            </button>
          ))}
        </div>
        <div className="near-row">
          <Select
        suffixIcon={<Icon name="down" size={12} />}
            mode="multiple"
            size="small"
            maxTagCount="responsive"
            disabled={options.length === 0}
            optionFilterProp="label"
            aria-label={t('near.capability')}
            placeholder={t('near.capability_any')}
            value={capabilities}
            onChange={setWanted}
            options={options}
          />
          <button type="button" className="toggle" aria-pressed={available} disabled={!limited} onClick={() => setOnly(!only)}>
            {t(sole === 'bed_pool' ? 'near.available_beds' : sole === 'stockpile' ? 'near.available_stock' : 'near.available')}
          </button>
        </div>
      </div>
      {answer.busy && <p className="dim pad">{t('near.loading')}</p>}
      {answer.error !== null && <p className="alarm pad">{t('near.failed', { reason: reasonOf(t, answer.error) })}</p>}
      {answer.value?.length === 0 && (
        <p className="pad">
          {t('near.empty', { kind: kinds.map((kind) => word(t, 'kind', kind)).join(t('near.and')) })}
          <br />
          <small>{t('near.empty_hint')}</small>
        </p>
      )}
      <ol ref={list} className="ranked" onKeyDown={move}>
        {answer.value?.map((one, i) => (
          <Candidate key={one.id} rank={i + 1} ranked={one} mapRef={mapRef} />
        ))}
      </ol>
      {answer.at > 0 && (
        <p className="near-foot">
          {t('near.straight')} · {t('near.at', { t: clockTime(answer.at) })} · {t('near.keys')}
          <br />
          {kinds.some((kind) => UNITS.has(kind)) && t('near.basis')}
        </p>
      )}
    </section>
  )
}

/** What it is comes from the picture, so that the line tells what happens to it while the list stands. */
function Candidate({ rank, ranked, mapRef }: { rank: number; ranked: Ranked; mapRef: MapRef }) {
  const t = useT()
  const { feed, ops } = useDesk()
  const entity = feed.picture.get(ranked.id) as (Placed & Entity) | undefined
  if (!entity) return null
  const now = feed.clock.now()
  const { lon, lat } = feed.picture.fixes.get(entity.id) ?? entity
  const home = 'home_id' in entity && entity.home_id ? feed.picture.get(entity.home_id)?.name : undefined
  const free = entity.kind === 'bed_pool' ? t('near.free', { n: freeBeds(entity) }) : null
  const choose = () => {
    ops.set({ selected: entity.id })
    mapRef.current?.reveal(lon, lat)
  }
  return (
    <li>
      <button type="button" className="candidate" onClick={choose}>
        <b className="rank">{rank}</b>
        <EntityIcon entity={entity} size={entity.kind === 'bed_pool' ? 44 : 34} now={now} />
        <span className="who">
          <b>{entity.name}</b>
          <small>{[isUnit(entity) ? t(`unit.${entity.status}`) : null, free, basis(t, entity, feed.picture.fixes.get(entity.id), now), home].filter(Boolean).join(' · ')}</small>
        </span>
        <span className="far-box">
          <b className="far">{distance(ranked.distance_m)}</b>
          {isUnit(entity) && typeof ranked.eta_s === 'number' && <small>{t('near.eta', { d: duration(t, ranked.eta_s * 1000) })}</small>}
        </span>
      </button>
    </li>
  )
}

/** How old the position is, or that it is only its station's. */
function basis(t: Translate, entity: Entity, fix: Fix | undefined, now: number): string | null {
  if (!isUnit(entity)) return null
  if (!fix) return t('near.basis_station')
  return t('age.fix', { t: age(t, fix.at, now) })
}

function capabilityOptions(picture: Picture, kinds: readonly PlacedKind[], t: Translate): { value: string; label: string }[] {
  const all = kinds.map((kind) => capabilitiesIn(picture, kind))
  // Of several kinds, what every one of them may have: the filter asks for all at once.
  return (all[0] ?? [])
    .filter(({ value }) => all.every((words) => words.some((one) => one.value === value)))
    .map(({ value, family }) => ({ value, label: word(t, family, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'zh'))
}

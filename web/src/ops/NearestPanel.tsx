/** 最近资源: the ranked list from a point, with its filters. */
import { Select } from 'antd'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useDesk } from '../app/desk'
import { findNearest } from '../actions/findNearest'
import type { PlacedKind, ResourceFeature } from '../api/types'
import { capabilitiesIn } from '../domain/capabilities'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { coordinates, distance, duration } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { word, type Translate } from '../i18n/translate'
import { clockTime } from '../i18n/format'
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
    if (answer.value) ops.set({ ranked: answer.value.map((feature) => feature.id) })
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
        {answer.value?.map((feature, i) => (
          <Candidate key={feature.id} rank={i + 1} feature={feature} mapRef={mapRef} />
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

function Candidate({ rank, feature, mapRef }: { rank: number; feature: ResourceFeature; mapRef: MapRef }) {
  const t = useT()
  const { feed, ops } = useDesk()
  const { properties: p } = feature
  const entity = feed.picture.get(feature.id)
  const [lon, lat] = feature.geometry.coordinates
  const home = p.home_id ? feed.picture.get(p.home_id)?.name : undefined
  const choose = () => {
    ops.set({ selected: feature.id })
    mapRef.current?.reveal(lon, lat)
  }
  return (
    <li>
      <button type="button" className="candidate" onClick={choose}>
        <b className="rank">{rank}</b>
        {entity && <EntityIcon entity={entity} size={entity.kind === 'bed_pool' ? 44 : 34} now={feed.clock.now()} />}
        <span className="who">
          <b>{p.name}</b>
          <small>
            {[p.status ? t(`unit.${p.status}`) : null, p.kind === 'bed_pool' ? t('near.free', { n: p.free ?? 0 }) : null, home, basis(t, feature)]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </span>
        <span className="far-box">
          <b className="far">{distance(p.distance_m ?? 0)}</b>
          {UNITS.has(p.kind) && typeof p.eta_s === 'number' && <small>{t('near.eta', { d: duration(t, p.eta_s * 1000) })}</small>}
        </span>
      </button>
    </li>
  )
}

function basis(t: Translate, feature: ResourceFeature): string | null {
  const { position_basis, fix_age_s } = feature.properties
  if (position_basis === 'fix' && fix_age_s !== null && fix_age_s !== undefined)
    return t('age.fix', { t: fix_age_s < 60 ? t('age.seconds', { n: Math.max(1, Math.round(fix_age_s)) }) : t('age.minutes', { n: Math.floor(fix_age_s / 60) }) })
  return position_basis === 'station' ? t('near.basis_station') : null
}

function capabilityOptions(picture: Picture, kinds: readonly PlacedKind[], t: Translate): { value: string; label: string }[] {
  const all = kinds.map((kind) => capabilitiesIn(picture, kind))
  // Of several kinds, what every one of them may have: the filter asks for all at once.
  return (all[0] ?? [])
    .filter(({ value }) => all.every((words) => words.some((one) => one.value === value)))
    .map(({ value, family }) => ({ value, label: word(t, family, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'zh'))
}

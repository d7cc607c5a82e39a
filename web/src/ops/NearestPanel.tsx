/** 最近资源: the ranked list from a point, with its filters. */
import { Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useDesk } from '../app/desk'
import { findNearest } from '../actions/findNearest'
import type { PlacedKind, ResourceFeature } from '../api/types'
import { capabilitiesIn } from '../domain/capabilities'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { coordinates, distance } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { word, type Translate } from '../i18n/translate'
import { clockTime } from '../i18n/format'
import { Icon } from '../ui/icons'
import { EntityIcon } from './EntityIcon'
import type { MapRef } from './mapRef'
import type { QueryPoint } from './opsState'
import { useQuery } from './useQuery'

const KINDS: readonly PlacedKind[] = ['ambulance', 'team', 'special_vehicle', 'bed_pool', 'stockpile', 'station', 'facility']
const CAN_BE_AVAILABLE: ReadonlySet<PlacedKind> = new Set(['ambulance', 'team', 'special_vehicle', 'bed_pool', 'stockpile'])
const LIMIT = 10

export function NearestPanel({ point, mapRef }: { point: QueryPoint; mapRef: MapRef }) {
  const t = useT()
  const { world, feed, ops } = useDesk()
  const [kind, setKind] = useState<PlacedKind>('ambulance')
  const [wanted, setWanted] = useState<string[]>([])
  const [only, setOnly] = useState(true)
  const options = useMemo(() => capabilityOptions(feed.picture, kind, t), [feed, kind, t])
  const capabilities = wanted.filter((c) => options.some((o) => o.value === c))
  const available = only && CAN_BE_AVAILABLE.has(kind)
  const question = { lon: point.lon, lat: point.lat, kind, capabilities, available, limit: LIMIT }
  const answer = useQuery(JSON.stringify(question), (signal) => findNearest(world.id, question, signal))

  useEffect(() => {
    if (answer.value) ops.set({ ranked: answer.value.map((feature) => feature.id) })
  }, [answer.value, ops])

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
        <div className="segments wrap" role="group">
          {KINDS.map((value) => (
            <button key={value} type="button" aria-pressed={kind === value} onClick={() => setKind(value)}>
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
          <button type="button" className="toggle" aria-pressed={available} disabled={!CAN_BE_AVAILABLE.has(kind)} onClick={() => setOnly(!only)}>
            {t(kind === 'bed_pool' ? 'near.available_beds' : kind === 'stockpile' ? 'near.available_stock' : 'near.available')}
          </button>
        </div>
      </div>
      {answer.busy && <p className="dim pad">{t('near.loading')}</p>}
      {answer.error !== null && <p className="alarm pad">{t('near.failed', { reason: reasonOf(t, answer.error) })}</p>}
      {answer.value?.length === 0 && (
        <p className="pad">
          {t('near.empty', { kind: word(t, 'kind', kind) })}
          <br />
          <small>{t('near.empty_hint')}</small>
        </p>
      )}
      <ol className="ranked">
        {answer.value?.map((feature, i) => (
          <Candidate key={feature.id} rank={i + 1} feature={feature} mapRef={mapRef} />
        ))}
      </ol>
      {answer.at > 0 && (
        <p className="near-foot">
          {t('near.straight')} · {t('near.at', { t: clockTime(answer.at) })}
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
        <b className="far">{distance(p.distance_m ?? 0)}</b>
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

function capabilityOptions(picture: Picture, kind: PlacedKind, t: Translate): { value: string; label: string }[] {
  return capabilitiesIn(picture, kind)
    .map(({ value, family }) => ({ value, label: word(t, family, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'zh'))
}

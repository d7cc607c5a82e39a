/** 服务半径: what lies within some radii of a point, or of stations together. */
import { useMemo, useState } from 'react'
import { useDesk } from '../app/desk'
import { countWithin } from '../actions/countWithin'
import type { Item, Station } from '../api/types'
import { reachOf, type Reach } from '../domain/reach'
import { useI18n, useT } from '../i18n/context'
import { clockTime, coordinates, count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { reasonOf } from '../i18n/problem'
import type { Key, Language } from '../i18n/translate'
import { useFeed } from '../ui/hooks'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { askFrom, AROUND, type Around, type QueryPoint } from './opsState'
import { PointField } from './PointField'
import { RadiusChips } from './RadiusChips'
import { useQuery } from './useQuery'

const ROWS: readonly [Key, (reach: Reach) => number][] = [
  ['rings.units', (r) => r.summary.units.available],
  ['rings.ambulances', (r) => r.ambulances],
  ['rings.negative', (r) => r.negative],
  ['rings.stations', (r) => r.stations],
  ['rings.free_beds', (r) => r.summary.beds.free],
  ['rings.negative_beds', (r) => r.negativeBeds],
  ['rings.icu_beds', (r) => r.icuBeds],
  ['rings.stock_sites', (r) => r.summary.stock.sites],
]
const ITEMS_SHOWN = 6
const STEP_MS = 2_000

interface Counted {
  value: readonly Reach[] | null
  error: unknown
  at: number
}

/** Round a point the server counts; people, and everything round many stations, are counted over the picture. */
function useCounts(point: QueryPoint | null, centres: readonly { lon: number; lat: number }[], radii: readonly number[]): Counted {
  const { world, feed } = useDesk()
  const version = useFeed(feed, 'entities', STEP_MS)
  const many = centres.length > 0
  const around = useMemo(() => (many ? centres : point ? [point] : []), [many, centres, point])
  const local = useMemo(() => {
    void version
    const now = feed.clock.now()
    return { at: now, value: around.length > 0 ? reachOf(feed.picture, around, radii, now) : null }
  }, [feed, version, around, radii])
  const asked = point && !many ? point : null
  const answer = useQuery(asked ? `${asked.lon},${asked.lat},${radii.join()}` : '', (signal) => (asked ? countWithin(world.id, feed.picture, asked.lon, asked.lat, radii, signal) : Promise.resolve([])))
  if (many || !asked) return { ...local, error: null }
  const value = answer.value && answer.value.map((reach, i) => ({ ...reach, people: local.value?.[i]?.people ?? null, uncovered: local.value?.[i]?.uncovered ?? null }))
  return { value, error: answer.error, at: answer.at }
}

export function RingsFloat() {
  const t = useT()
  const { ops, feed, session } = useDesk()
  const { point, centres, around, radiiKm } = useStore(ops)
  const radii = useMemo(() => radiiKm.map((km) => km * 1_000), [radiiKm])
  const answer = useCounts(point, centres, radii)
  const reaches = answer.value ?? []
  const widest = reaches.at(-1)
  const own = session.user.jurisdiction
  const take = (next: Around) => {
    const wanted = (station: Station) => !station.retired && (next === 'all' || station.tier === next) && (!own || station.centre === own || station.jurisdiction === own)
    const stations = next === 'point' ? [] : [...feed.picture.all<Station>('station')].filter(wanted)
    ops.set({ around: next, centres: stations.map(({ lon, lat }) => ({ lon, lat })) })
  }
  const time = answer.at ? clockTime(answer.at) : ''
  const from = point && (point.name ?? coordinates(point.lon, point.lat))
  return (
    <section className="float rings" aria-label={t('rings.title')}>
      <header>
        <h2>{t('rings.title')}</h2>
        <span>{around !== 'point' ? t('rings.stations_n', { n: centres.length, t: time }) : from ? t('rings.centre', { name: from, t: time }) : t('rings.pick')}</span>
        <button type="button" className="close" aria-label={t('card.close')} onClick={() => ops.set({ showRings: false, tool: 'select', centres: [], around: 'point' })}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <div className="segments wrap" role="group" aria-label={t('rings.around')}>
        {AROUND.map((value) => (
          <button key={value} type="button" aria-pressed={around === value} onClick={() => take(value)}>
            {t(`rings.around_${value}`)}
          </button>
        ))}
      </div>
      {around === 'point' && <PointField point={point} onPoint={(next) => askFrom(ops, next)} />}
      <RadiusChips radii={radiiKm} onChange={(next) => ops.set({ radiiKm: next })} />
      {answer.error !== null && <p className="alarm">{t('near.failed', { reason: reasonOf(t, answer.error) })}</p>}
      {reaches.length > 0 && <Table reaches={reaches} />}
      {widest && <Items reach={widest} />}
    </section>
  )
}

/** In the numbers that the language counts people by: 万, or thousands. */
function peopleText(n: number | null, language: Language): string {
  if (n === null) return '–'
  return n === 0 ? '0' : (n / (language === 'zh' ? 10_000 : 1_000)).toFixed(1)
}

function Table({ reaches }: { reaches: readonly Reach[] }) {
  const { t, language } = useI18n()
  const people = reaches.some((reach) => reach.people !== null)
  return (
    <table>
      <thead>
        <tr>
          <td />
          {reaches.map((reach) => (
            <th key={reach.radius} scope="col">
              {reach.radius / 1000} km
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{t(label)}</th>
            {reaches.map((reach) => (
              <td key={reach.radius} className={value(reach) === 0 ? 'alarm' : ''}>
                {count(value(reach))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {people && (
        <tfoot title={t('rings.people_basis')}>
          <tr>
            <th scope="row">{t('rings.people')}</th>
            {reaches.map(({ radius, people }) => (
              <td key={radius}>{peopleText(people, language)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('rings.uncovered')}</th>
            {reaches.map(({ radius, uncovered }) => (
              <td key={radius} className={uncovered ? 'alarm' : ''}>
                {peopleText(uncovered, language)}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Items({ reach }: { reach: Reach }) {
  const { t, language } = useI18n()
  const { feed } = useDesk()
  const [all, setAll] = useState(false)
  const items = Object.entries(reach.summary.stock.items).sort((a, b) => b[1] - a[1])
  if (items.length === 0) return null
  const shown = all ? items : items.slice(0, ITEMS_SHOWN)
  return (
    <div className="ring-items">
      <h3>{t('rings.items', { km: reach.radius / 1000 })}</h3>
      <ul>
        {shown.map(([id, quantity]) => {
          const item = feed.picture.get(id) as Item | undefined
          const name = nameIn(language, item, id)
          return (
            <li key={id}>
              <span>{name}</span>
              <b>{count(quantity)}</b>
              <small>{item?.unit ?? ''}</small>
            </li>
          )
        })}
      </ul>
      {items.length > ITEMS_SHOWN && !all && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {t('rings.items_more', { n: items.length - ITEMS_SHOWN })}
        </button>
      )}
    </div>
  )
}

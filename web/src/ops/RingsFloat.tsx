/** 服务半径: what lies within 5, 10 and 20 km of the point. */
import { useState } from 'react'
import { useDesk } from '../app/desk'
import { countWithin, type Reach } from '../actions/countWithin'
import type { Item } from '../api/types'
import { useI18n, useT } from '../i18n/context'
import { clockTime, coordinates, count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { reasonOf } from '../i18n/problem'
import type { Key } from '../i18n/translate'
import { Icon } from '../ui/icons'
import type { QueryPoint } from './opsState'
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

export function RingsFloat({ point }: { point: QueryPoint }) {
  const t = useT()
  const { world, ops } = useDesk()
  const answer = useQuery(`${point.lon},${point.lat}`, (signal) => countWithin(world.id, point.lon, point.lat, signal))
  const name = point.name ?? coordinates(point.lon, point.lat)
  const widest = answer.value?.at(-1)
  return (
    <section className="float rings" aria-label={t('rings.title')}>
      <header>
        <h2>{t('rings.title')}</h2>
        <span>{t('rings.centre', { name, t: answer.at ? clockTime(answer.at) : '' })}</span>
        <button type="button" className="close" aria-label={t('card.close')} onClick={() => ops.set({ showRings: false })}>
          <Icon name="close" size={14} />
        </button>
      </header>
      {answer.error !== null && <p className="alarm">{t('near.failed', { reason: reasonOf(t, answer.error) })}</p>}
      <table>
        <thead>
          <tr>
            <td />
            {(answer.value ?? []).map((reach) => (
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
              {(answer.value ?? []).map((reach) => (
                <td key={reach.radius} className={value(reach) === 0 ? 'alarm' : ''}>
                  {count(value(reach))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {widest && <Items reach={widest} />}
    </section>
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

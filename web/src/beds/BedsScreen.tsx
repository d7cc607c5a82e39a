/** 床位: hospitals and their pools, free beds first; each report by keyboard, an unchanged one in one tap. */
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { mayReportBeds } from '../actions/reportBeds'
import { useDesk } from '../app/desk'
import { areasOf, covered } from '../domain/areas'
import { centresOf, has, poolsOf, PROPERTIES, sumOf, type Property } from '../domain/beds'
import { Watermark } from '../drill/Watermark'
import { useI18n, useT } from '../i18n/context'
import { count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { AreaSelect } from '../ui/AreaSelect'
import { useFeed, useSecond } from '../ui/hooks'
import { HospitalRows } from './HospitalRows'
import { useReports } from './useReports'
import './beds.css'

export function BedsScreen() {
  const { t, language } = useI18n()
  const { feed, session, world } = useDesk()
  const version = useFeed(feed, 'entities', 300)
  const minute = Math.floor(useSecond() / 15)
  const [property, setProperty] = useState<Property | null>(null)
  const [area, setArea] = useState<string | null>(session.user.jurisdiction)
  const [onlyFree, setOnlyFree] = useState(false)
  const [onlyStale, setOnlyStale] = useState(false)
  const reports = useReports()
  const now = feed.clock.now()
  const body = useRef<HTMLTableElement>(null)
  const { pools, centres } = useMemo(() => {
    void version
    void minute
    const codes = covered(feed.picture, area)
    const at = feed.clock.now()
    return { pools: poolsOf(feed.picture, codes), centres: centresOf(feed.picture, { property, codes, onlyFree, onlyStale }, at) }
  }, [feed, version, minute, area, property, onlyFree, onlyStale])
  const names = new Map(areasOf(feed.picture).map((place) => [place.code, nameIn(language, place)]))
  const mayReport = mayReportBeds(session.user)
  const stale = sumOf(pools, now).stale
  const keys = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (!step || (event.target as HTMLElement).tagName === 'INPUT') return
    const rows = [...(body.current?.querySelectorAll<HTMLElement>('tr.pool') ?? [])]
    const here = rows.findIndex((row) => row.contains(event.target as Node))
    rows[Math.min(rows.length - 1, Math.max(0, here + step))]?.focus()
    event.preventDefault()
  }
  return (
    <main className="beds">
      <h1 className="unseen">{t('beds.title')}</h1>
      <section className="bed-summary" aria-label={t('beds.summary')}>
        {PROPERTIES.map((name) => {
          const sum = sumOf(pools.filter((pool) => has(pool, name)), now)
          return (
            <button key={name} type="button" aria-pressed={property === name} onClick={() => setProperty(property === name ? null : name)}>
              <span>{t(`bed.${name}`)}</span>
              <b className={sum.free === 0 && sum.pools > 0 ? 'alarm' : ''}>{count(sum.free)}</b>
              <span>{t('beds.free_staffed', { n: count(sum.staffed) })}</span>
              <small>
                {sum.held > 0 ? t('beds.held_n', { n: sum.held }) : t('beds.none_held')}
                {sum.stale > 0 && <em className="alarm"> · {t('beds.stale_n', { n: sum.stale })}</em>}
              </small>
            </button>
          )
        })}
      </section>
      <div className="desk-filters">
        <div className="segments" role="group" aria-label={t('beds.properties')}>
          <button type="button" aria-pressed={property === null} onClick={() => setProperty(null)}>
            {t('beds.all')}
          </button>
          {PROPERTIES.map((name) => (
            <button key={name} type="button" aria-pressed={property === name} onClick={() => setProperty(name)}>
              {t(`bed.${name}`)}
            </button>
          ))}
        </div>
        <AreaSelect value={area} onChange={setArea} />
        <div className="segments">
          <button type="button" aria-pressed={onlyFree} onClick={() => setOnlyFree(!onlyFree)}>
            {t('beds.only_free')}
          </button>
          <button type="button" aria-pressed={onlyStale} onClick={() => setOnlyStale(!onlyStale)}>
            {t('beds.only_stale', { n: count(stale) })}
          </button>
        </div>
        <Legend />
        {!mayReport && <span className="no-right">{t('status.no_right', { role: t('role.bed_desk') })}</span>}
        {mayReport && (
          <span className="dim keys">
            <kbd>j</kbd> <kbd>k</kbd> {t('beds.key_move')} <kbd>⏎</kbd> {t('beds.key_report')} <kbd>s</kbd> {t('beds.same')}
          </span>
        )}
      </div>
      <div className="desk-scroll" aria-busy={feed.loading}>
        <table className="desk-table bed-table" ref={body} onKeyDown={keys}>
          <thead>
            <tr>
              {(['ward', 'properties', 'free', 'bar', 'occupied', 'held', 'staffed', 'physical', 'age', 'report'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`beds_col.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          {centres.map((centre) => (
            <HospitalRows key={centre.code} centre={centre} name={names.get(centre.code) ?? centre.code} now={now} mayReport={mayReport} reports={reports} />
          ))}
        </table>
        {!feed.loading && centres.length === 0 && <p className="pad dim">{t('beds.empty')}</p>}
      </div>
      {world.kind === 'drill' && <Watermark />}
    </main>
  )
}

function Legend() {
  const t = useT()
  return (
    <ul className="bed-legend">
      {(['occupied', 'held', 'free'] as const).map((part) => (
        <li key={part}>
          <i className={`bed-part ${part}`} /> {t(`beds.legend_${part}`)}
        </li>
      ))}
    </ul>
  )
}

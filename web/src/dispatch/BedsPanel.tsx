/** b: where the patient can go. Nearest hospitals with free beds; one key makes one the destination. */
import { useState } from 'react'
import type { Assignment, Incident } from '../api/cases'
import { bedsNear, type BedRow, type BedWish } from '../domain/bedsNear'
import { assignmentsOf, mayRedirect } from '../domain/cases'
import { BED_PROPERTIES } from '../domain/places'
import { useT } from '../i18n/context'
import { age, distance } from '../i18n/format'
import { word } from '../i18n/translate'
import { isTyping } from '../ui/typing'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { Failure } from './Failure'
import { PanelFrame } from './PanelFrame'
import { useCaseActions } from './useCaseActions'
import { useDispatch } from './useDispatch'

const WISHES: readonly BedWish[] = ['any', ...BED_PROPERTIES]
const SHOWN = 20

export function BedsPanel({ incident, now }: { incident: Incident | null; now: number }) {
  const t = useT()
  const { feed, dispatch, barred } = useDispatch()
  const { row } = useStore(dispatch)
  const actions = useCaseActions()
  const opened = row ? feed.picture.get(row) : undefined
  const about = opened?.kind === 'assignment' ? (feed.picture.get(opened.incident_id) as Incident | undefined) : incident
  const [wished, setWished] = useState<BedWish | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const [listed, setListed] = useState<{ wish: BedWish; ids: string[] } | null>(null)
  if (!about) return <PanelFrame title={t('beds.title')}>{<p className="dim">{t('beds.no_case')}</p>}</PanelFrame>
  const wish = wished ?? (about.infectious ? 'negative_pressure' : 'any')
  const going = opened?.kind === 'assignment' ? [opened] : assignmentsOf(feed.picture, about)
  const carriers = going.filter(mayRedirect)
  const carrier = carriers.find(({ id }) => id === picked) ?? carriers[0] ?? null
  const rows = bedsNear(feed.picture, about, wish, now, listed?.wish === wish ? listed.ids : []).slice(0, SHOWN)
  if (listed?.wish !== wish) setListed({ wish, ids: rows.map(({ facility }) => facility.id) })
  const off = barred !== null || carrier === null
  const choose = (found: BedRow) => {
    if (!carrier || off || found.free === 0) return
    void actions.destination(carrier, found.facility).then((done) => done && dispatch.set({ panel: null }))
  }
  return (
    <PanelFrame title={t('beds.title')}>
      <div
        className="beds"
        onKeyDown={(event) => {
          const found = rows[Number(event.key) - 1]
          if (!found || isTyping(event.target) || event.repeat || event.altKey || event.ctrlKey) return
          event.preventDefault()
          event.stopPropagation()
          choose(found)
        }}
      >
        <div className="segments wrap" role="group" aria-label={t('beds.kind')}>
          {WISHES.map((value) => (
            <button key={value} type="button" aria-pressed={wish === value} onClick={() => setWished(value)}>
              {value === 'any' ? t('beds.any') : t(`bed.${value}`)}
            </button>
          ))}
        </div>
        <Carriers carriers={carriers} chosen={carrier} onChoose={setPicked} />
        {carrier && <Failure at={carrier.id} />}
        {rows.length === 0 && <p className="dim">{t('beds.none', { what: wish === 'any' ? t('beds.any') : t(`bed.${wish}`) })}</p>}
        <ol className="bed-rows">
          {rows.map((found, i) => (
            <li key={found.facility.id} className={carrier?.destination_id === found.facility.id ? 'on' : ''}>
              <button type="button" autoFocus={i === 0} disabled={off || found.free === 0} title={off ? t(barred ?? 'beds.no_unit') : undefined} onClick={() => choose(found)}>
                <span className="cand-rank">{i < 9 ? i + 1 : ''}</span>
                <span className="bed-who">
                  <b>{found.facility.name}</b>
                  <small>{found.wards.map(({ pool, free }) => t('beds.ward', { name: pool.ward ?? pool.name, n: free, m: pool.staffed })).join(' · ')}</small>
                  <small className={found.stale ? 'stale' : ''}>
                    {[word(t, 'level', found.facility.level), found.reportedAt === null ? t('beds.never') : t('beds.reported', { t: age(t, found.reportedAt, now) })].filter(Boolean).join(' · ')}
                    {found.stale && found.reportedAt !== null && ` · ${t('beds.stale')}`}
                  </small>
                </span>
                <span className="bed-far">
                  <b className={`number ${found.free === 0 ? 'alarm' : found.stale ? 'stale' : ''}`}>{t('beds.free', { n: found.free })}</b>
                  <span className="number">{distance(found.distance)}</span>
                </span>
                {carrier?.destination_id === found.facility.id && <Icon name="check" size={18} />}
              </button>
            </li>
          ))}
        </ol>
        <p className="dim small">{t('beds.basis')}</p>
      </div>
    </PanelFrame>
  )
}

/** Which vehicle goes there; with none the list is only to be read. */
function Carriers({ carriers, chosen, onChoose }: { carriers: readonly Assignment[]; chosen: Assignment | null; onChoose(id: string): void }) {
  const t = useT()
  const { feed } = useDispatch()
  if (!chosen) return <p className="ask">{t('beds.no_unit')}</p>
  const nameOf = (a: Assignment) => feed.picture.get(a.unit_id)?.name ?? a.unit_id
  if (carriers.length === 1) return <p className="bed-for">{t('beds.for', { unit: nameOf(chosen) })}</p>
  return (
    <div className="segments wrap" role="group" aria-label={t('beds.who')}>
      {carriers.map((a) => (
        <button key={a.id} type="button" aria-pressed={a.id === chosen.id} onClick={() => onChoose(a.id)}>
          {t('beds.for', { unit: nameOf(a) })}
        </button>
      ))}
    </div>
  )
}

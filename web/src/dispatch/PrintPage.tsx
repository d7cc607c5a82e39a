/** 应急清单: what a desk needs on paper when the screens fail: open cases, units by station, who is on duty. */
import type { Shift } from '../api/cases'
import type { Facility, Station, Unit } from '../api/types'
import { goTo } from '../app/sections'
import { useWho } from '../app/people'
import { queueOf } from '../domain/queue'
import { UNIT_KINDS } from '../domain/units'
import type { Picture } from '../feed/picture'
import { seatName } from '../app/seat'
import { useI18n } from '../i18n/context'
import { coordinates, fullTime, plate } from '../i18n/format'
import { word } from '../i18n/translate'
import { useFeed } from '../ui/hooks'
import { whereabouts } from './place'
import { useDispatch } from './useDispatch'
import './print.css'

export function PrintPage() {
  const { t, language } = useI18n()
  const { feed, session, world, demoFeed } = useDispatch()
  useFeed(feed, 'entities', 2_000)
  const who = useWho()
  const now = feed.clock.now()
  const queue = queueOf(feed.picture, now)
  const rows = [...queue.waiting, ...queue.held, ...queue.running, ...queue.done]
  const homes = homesOf(feed.picture, session.user.jurisdiction)
  return (
    <main className="print-page">
      <header>
        <h1>{t('print.heading')}</h1>
        {world.kind === 'drill' && <p className="print-drill">{t('drill.word')} · {t('drill.band')}</p>}
        <p>
          {t('print.meta', { t: fullTime(t, now), name: seatName(t, session.user), seq: feed.picture.seq })}
          {demoFeed && <> · {t('feed.demo')}</>}
        </p>
        <div className="no-print">
          <button type="button" className="action primary" onClick={() => window.print()}>
            {t('print.now')}
          </button>
          <button type="button" className="action" onClick={() => goTo('dispatch')}>
            {t('print.back')}
          </button>
        </div>
      </header>
      <h2>{t('print.incidents', { n: rows.length })}</h2>
      <table>
        <thead>
          <tr>
            {(['number', 'priority', 'type', 'place', 'units', 'seat', 'opened'] as const).map((column) => (
              <th key={column}>{t(`print_col.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ incident, assignments }) => (
            <tr key={incident.id}>
              <td>{incident.number}</td>
              <td>{incident.priority}</td>
              <td>
                {word(t, 'incident', incident.incident_type)}
                {incident.infectious && ` · ${t('infectious.name')}`}
              </td>
              <td>
                {whereabouts(t, language, feed.picture, incident)} ({coordinates(incident.lon, incident.lat)})
              </td>
              <td>{assignments.map((a) => `${feed.picture.get(a.unit_id)?.name ?? a.unit_id} ${t(`stage.${a.status}`)}`).join('; ')}</td>
              <td>{who(incident.attended_by)}</td>
              <td>{fullTime(t, Date.parse(incident.opened_at))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t('print.units')}</h2>
      <table>
        <thead>
          <tr>
            {(['station', 'unit', 'plate', 'class', 'status', 'crew'] as const).map((column) => (
              <th key={column}>{t(`print_col.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {homes.flatMap(({ home, units }) =>
            units.map((unit, i) => (
              <tr key={unit.id}>
                <td>{i === 0 ? (home?.name ?? '') : ''}</td>
                <td>{unit.name}</td>
                <td>{unit.plate ? plate(unit.plate) : ''}</td>
                <td>{unit.kind === 'ambulance' ? t(`class.${unit.class}`) : t(`kind.${unit.kind}`)}</td>
                <td>{t(`unit.${unit.status}`)}</td>
                <td>{crewText(feed.picture, unit)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </main>
  )
}

function crewText(picture: Picture, unit: Unit): string {
  const shift = unit.shift_id ? (picture.get(unit.shift_id) as Shift | undefined) : undefined
  return shift?.kind === 'shift' ? shift.crew.map((member) => member.staff).join(' ') : ''
}

function homesOf(picture: Picture, jurisdiction: string | null): { home: Station | Facility | undefined; units: Unit[] }[] {
  const byHome = new Map<string, Unit[]>()
  for (const kind of UNIT_KINDS)
    for (const unit of picture.all<Unit>(kind)) {
      if (unit.retired || (jurisdiction && unit.centre !== jurisdiction && unit.jurisdiction !== jurisdiction)) continue
      const id = unit.home_id ?? ''
      byHome.set(id, [...(byHome.get(id) ?? []), unit])
    }
  return [...byHome.entries()]
    .map(([id, units]) => ({ home: picture.get(id) as Station | Facility | undefined, units }))
    .sort((a, b) => (a.home?.name ?? '').localeCompare(b.home?.name ?? '', 'zh'))
}

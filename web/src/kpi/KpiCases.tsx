/** The cases behind one figure: which counted, which did not. */
import { useDesk } from '../app/desk'
import { goTo } from '../app/sections'
import { getKpiCases, type Kpi, type KpiCase, type Period } from '../api/dispatch'
import { focusOn } from '../dispatch/deskState'
import { useI18n, useT } from '../i18n/context'
import { fullTime } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { reasonOf } from '../i18n/problem'
import { useQuery } from '../ops/useQuery'
import { Icon } from '../ui/icons'
import { valueText } from './KpiScreen'

const LIMIT = 200

export function KpiCases({ kpi, name, period, onClose }: { kpi: Kpi | undefined; name: string; period: Period; onClose(): void }) {
  const { t, language } = useI18n()
  const { world } = useDesk()
  const answer = useQuery(`${name}${JSON.stringify(period)}`, (signal) => getKpiCases(world.id, name, period, LIMIT, signal))
  return (
    <aside className="kpi-cases" aria-label={t('kpi.cases')}>
      <header className="panel-head">
        <h2>{nameIn(language, kpi, name)}</h2>
        <span>{t('kpi.cases')}</span>
        <button type="button" className="close" aria-label={t('card.close')} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      </header>
      {answer.error !== null && <p className="alarm pad">{t('kpi.failed', { reason: reasonOf(t, answer.error) })}</p>}
      {answer.value?.length === 0 && <p className="dim pad">{t('kpi.no_cases')}</p>}
      <ul>
        {answer.value?.map((row, i) => (
          <Case key={`${row.incident_id ?? row.call_id}/${row.assignment_id ?? ''}/${i}`} row={row} unit={kpi?.unit ?? 'count'} />
        ))}
      </ul>
      {(answer.value?.length ?? 0) >= LIMIT && <p className="dim pad">{t('kpi.more_cases', { n: LIMIT })}</p>}
    </aside>
  )
}

function Case({ row, unit }: { row: KpiCase; unit: Kpi['unit'] }) {
  const t = useT()
  const { feed, dispatch } = useDesk()
  const known = row.incident_id !== null && feed.picture.get(row.incident_id) !== undefined
  const who = row.unit_id ? (feed.picture.get(row.unit_id)?.name ?? row.unit_id) : ''
  const show = () => {
    if (row.incident_id) focusOn(dispatch, { type: 'incident', id: row.incident_id })
    goTo('dispatch')
  }
  return (
    <li className={row.counted ? '' : 'not'}>
      <button type="button" disabled={!known} title={known ? undefined : t('kpi.archived')} onClick={show}>
        <b>{row.number ?? row.call_id ?? ''}</b>
        <span>{who}</span>
        <time>{fullTime(t, Date.parse(row.at))}</time>
        <span className="number">{row.value === null ? '' : valueText(t, row.value, unit === 'ratio' ? 's' : unit)}</span>
        <em>{t(row.counted ? 'kpi.counted' : 'kpi.not_counted')}</em>
      </button>
    </li>
  )
}

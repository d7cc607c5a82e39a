/** One centre: its hospitals, each with its pools. */
import type { Centre, Hospital } from '../domain/beds'
import { useT } from '../i18n/context'
import { count } from '../i18n/format'
import { word } from '../i18n/translate'
import { PoolRow } from './PoolRow'
import type { Reports } from './useReports'

interface Props {
  centre: Centre
  name: string
  now: number
  mayReport: boolean
  reports: Reports
}

export function HospitalRows({ centre, name, now, mayReport, reports }: Props) {
  const t = useT()
  return (
    <tbody>
      <tr className="centre">
        <th colSpan={10} scope="colgroup">
          <b>{name}</b> {t('beds.area_line', { n: count(centre.sum.free), neg: count(centre.negative.free), icu: count(centre.icu.free) })}
        </th>
      </tr>
      {centre.hospitals.map((hospital) => [
        <HospitalHead key={hospital.id} hospital={hospital} mayReport={mayReport} reports={reports} />,
        ...hospital.pools.map((pool) => <PoolRow key={pool.id} pool={pool} hospital={hospital.name} now={now} mayReport={mayReport} reports={reports} />),
      ])}
    </tbody>
  )
}

function HospitalHead({ hospital, mayReport, reports }: { hospital: Hospital; mayReport: boolean; reports: Reports }) {
  const t = useT()
  const { sum, facility, pools } = hospital
  const designated = facility?.roles?.includes('designated_infectious')
  return (
    <tr className="hospital">
      <th colSpan={9} scope="rowgroup">
        <b>{hospital.name}</b>
        <span>
          {word(t, 'level', facility?.level)}
          {designated ? ` · ${t('duty.designated_infectious')}` : ''}
        </span>
        <span className={sum.free === 0 ? 'alarm' : ''}>{t('beds.hospital_line', { n: count(sum.free), m: count(sum.staffed) })}</span>
      </th>
      <td>
        {mayReport && pools.length > 1 && (
          <button type="button" className="action small" disabled={pools.some((pool) => reports.busy.has(pool.id))} aria-label={`${hospital.name} ${t('beds.same_all')}`} onClick={() => void reports.same(pools)}>
            {t('beds.same_all')}
          </button>
        )}
      </td>
    </tr>
  )
}

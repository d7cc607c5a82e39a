/** 今日急救指标, asked for calmly; an old answer stays with its time. */
import { useDesk } from '../app/desk'
import { getKpis, type Kpi } from '../api/dispatch'
import { useI18n } from '../i18n/context'
import { clockTime } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { reasonOf } from '../i18n/problem'
import { valueText } from '../kpi/KpiScreen'
import { daysOf } from '../kpi/period'
import { useQuery } from '../ops/useQuery'
import { useSecond } from '../ui/hooks'
import { FitRows } from './FitRows'
import { StateMark } from './Mark'
import { WallPanel } from './WallPanel'

const SHOWN = ['service.emergency', 'call.answer_10s', 'turnout_3min', 'dispatch.mean', 'response.mean']
const EVERY_MS = 60_000
const SIGNS: Record<string, string> = { '>=': '≥', '<=': '≤' }

export function KpiPanel() {
  const { t } = useI18n()
  const { world, session, feed } = useDesk()
  useSecond()
  const days = daysOf('today', feed.clock.now())
  const period = { ...days, jurisdiction: session.user.jurisdiction ?? undefined }
  const answer = useQuery(`wall-kpi/${world.id}/${JSON.stringify(period)}`, (signal) => getKpis(world.id, period, signal), EVERY_MS)
  const byKey = new Map(answer.value?.kpis.map((kpi) => [kpi.key, kpi]))
  const rows = SHOWN.flatMap((key) => byKey.get(key) ?? [])
  const asOf = answer.at > 0 ? t('wall.computed', { t: clockTime(answer.at).slice(0, 5) }) : t('kpi.loading')
  return (
    <WallPanel name="kpis" title={t('wall.kpis')} asOf={asOf}>
      {answer.error !== null && <p className="panel-fault">{t('kpi.failed', { reason: reasonOf(t, answer.error) })}</p>}
      <FitRows rows={rows} height={41} keyOf={(kpi) => kpi.key} empty={answer.busy ? t('kpi.loading') : ''}>
        {(kpi) => <Row kpi={kpi} />}
      </FitRows>
    </WallPanel>
  )
}

function Row({ kpi }: { kpi: Kpi }) {
  const { t, language } = useI18n()
  const { norm } = kpi
  const known = `wall_kpi.${kpi.key}`
  return (
    <div className="kpi-row" title={nameIn(language, kpi)}>
      <span className="name">{SHOWN.includes(kpi.key) ? t(known as 'wall_kpi.turnout_3min') : nameIn(language, kpi)}</span>
      <b className={`figure ${kpi.value === null ? 'void' : ''}`}>{valueText(t, kpi.value, kpi.unit)}</b>
      <small>{norm && `${SIGNS[norm.operator] ?? norm.operator}${valueText(t, norm.value, kpi.unit).replace('.0%', '%')}`}</small>
      <StateMark state={kpi.state} />
    </div>
  )
}

/** 未结事件: priority, what and where, how far it is, how long it lasts; never who. */
import { useDesk } from '../app/desk'
import { areaName } from '../dispatch/place'
import { isOpen } from '../domain/cases'
import { timerState } from '../domain/timers'
import { openCases, type OpenCase } from '../domain/wall'
import { useI18n } from '../i18n/context'
import { timer } from '../i18n/format'
import { word, type Translate } from '../i18n/translate'
import type { Picture } from '../feed/picture'
import { useFeed, useSecond } from '../ui/hooks'
import { FitRows } from './FitRows'
import { WallPanel } from './WallPanel'

export function CasesPanel() {
  const { t } = useI18n()
  const { feed } = useDesk()
  useFeed(feed, 'entities', 250)
  useSecond()
  const now = feed.clock.now()
  const { cases, ringing } = openCases(feed.picture, now)
  return (
    <WallPanel name="cases" title={t('wall.cases')} total={cases.length}>
      {ringing > 0 && <p className="ringing">{t('wall.ringing', { n: ringing })}</p>}
      <FitRows rows={cases} height={58} keyOf={({ row }) => row.incident.id} trouble={(open) => (isLate(open, now) ? 0 : 1)} empty={feed.loading ? t('feed.loading') : t('wall.no_cases')}>
        {(open) => <Row open={open} now={now} picture={feed.picture} />}
      </FitRows>
    </WallPanel>
  )
}

function isLate({ row, state }: OpenCase, now: number): boolean {
  return state === 'unreceived' || (row.limitS !== null && timerState((now - row.from) / 1000, row.limitS) === 'over')
}

function Row({ open, now, picture }: { open: OpenCase; now: number; picture: Picture }) {
  const { t, language } = useI18n()
  const { incident } = open.row
  const patients = Object.values(incident.patients).reduce((sum: number, n) => sum + (n as number), 0)
  const late = isLate(open, now)
  const what = incident.infectious ? t('queue.infectious', { type: word(t, 'incident', incident.incident_type) }) : word(t, 'incident', incident.incident_type)
  return (
    <div className={`case-row ${late ? 'late' : ''}`}>
      <i className={`priority ${incident.priority}`}>{incident.priority}</i>
      <div className="name">
        <b>
          {areaName(picture, incident.jurisdiction, language)} {what} {patients > 1 && t('queue.patients', { n: patients })}
        </b>
        <small>{stateText(t, open, picture)}</small>
      </div>
      <b className="figure">{timer(now - open.row.from)}</b>
    </div>
  )
}

function stateText(t: Translate, { row, state }: OpenCase, picture: Picture): string {
  if (state === 'unreceived') return t('wall.unreceived')
  if (state === 'waiting') return row.taking ? t('queue.talking') : t('queue.waiting')
  if (state === 'held') return t('queue.held')
  if (state === 'done' || !row.lead) return t('queue.done')
  const units = row.assignments.filter(isOpen).length
  const name = units === 1 ? (picture.get(row.lead.unit_id)?.name ?? '') : t('wall.units', { n: units })
  return `${name} ${t(`stage.${row.lead.status}`)}`
}

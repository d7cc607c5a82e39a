/** The stages of an assignment as a rail: done, now, ahead; each with its time. */
import type { Assignment } from '../api/cases'
import { marksOf, type Mark } from '../domain/progress'
import { isUnreceived } from '../domain/queue'
import { useT } from '../i18n/context'
import { clockTime, duration } from '../i18n/format'
import type { Translate } from '../i18n/translate'

function timeOf(t: Translate, mark: Mark): string {
  if (mark.state === 'skipped') return t('rail.skipped')
  if (mark.at === null) return ''
  if (mark.step === 'assigned' || mark.took === null) return clockTime(mark.at)
  return `+${duration(t, mark.took)}`
}

export function StepRail({ assignment, now }: { assignment: Assignment; now: number }) {
  const t = useT()
  const late = isUnreceived(assignment, now)
  return (
    <ol className="rail">
      {marksOf(assignment).map((mark) => {
        const missing = late && mark.step === 'acknowledged'
        return (
          <li key={mark.step} className={`${mark.state} ${missing ? 'late' : ''}`} title={mark.at === null ? undefined : clockTime(mark.at)}>
            <i aria-hidden="true" />
            <b>{t(`step.${mark.step}`)}</b>
            <span className={mark.met === false ? 'alarm' : ''}>
              {missing ? t('rail.unreceived', { n: Math.floor((now - Date.parse(assignment.assigned_at)) / 1000) }) : timeOf(t, mark)}
              {mark.met !== null && <> {t(mark.met ? 'rail.met' : 'rail.missed')}</>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** One assignment of this desk: who goes where, how far, since when, and the one thing to do about it. */
import type { Assignment } from '../api/cases'
import { overdueAt } from '../domain/alarms'
import { isOpen, shortNumber, since } from '../domain/cases'
import { isUnreceived } from '../domain/queue'
import { isStale, isUnit } from '../domain/units'
import { useI18n } from '../i18n/context'
import { clockTime, timer } from '../i18n/format'
import { word } from '../i18n/translate'
import { LOOKS } from '../map/symbols/units'
import { EntityIcon } from '../ops/EntityIcon'
import { areaName } from './place'
import { Failure } from './Failure'
import { RowActions } from './RowActions'
import { StepRail } from './StepRail'
import { useCaseActions } from './useCaseActions'
import { useDispatch } from './useDispatch'

interface Props {
  assignment: Assignment
  now: number
  open: boolean
  silenced: boolean
  onToggle(): void
  onSilence(): void
}

export function ProgressRow({ assignment, now, open, silenced, onToggle, onSilence }: Props) {
  const { t, language } = useI18n()
  const { feed, barred } = useDispatch()
  const actions = useCaseActions()
  const unit = feed.picture.get(assignment.unit_id)
  const incident = feed.picture.get(assignment.incident_id)
  const late = isUnreceived(assignment, now)
  const over = overdueAt(assignment)
  const overdue = over !== null && now >= over.at
  const { proposal } = assignment
  const family = isUnit(unit) && isOpen(assignment) ? LOOKS[unit.status].family : 'idle'
  const stale = isUnit(unit) && isStale(unit, feed.picture.fixes.get(unit.id), now)
  const destination = assignment.destination_id ? feed.picture.get(assignment.destination_id)?.name : undefined
  const what = incident?.kind === 'incident' ? [shortNumber(incident.number), word(t, 'incident', incident.incident_type), areaName(feed.picture, incident.jurisdiction, language)].join(' ') : ''
  return (
    <li className={`progress-row ${late ? 'late' : ''} ${open ? 'open' : ''}`} data-id={assignment.id}>
      <div className="progress-line">
        <button type="button" className="progress-who" aria-expanded={open} title={t('row.actions')} onClick={onToggle}>
          {unit && <EntityIcon entity={unit} size={34} now={now} stale={stale} />}
          <span>
            <b>{unit?.name ?? assignment.unit_id}</b>
            <small>{what}</small>
          </span>
        </button>
        <StepRail assignment={assignment} now={now} />
        <div className="progress-end">
          {proposal && isOpen(assignment) && (
            <button
              type="button"
              className="action small strong"
              disabled={barred !== null}
              title={t('row.proposed', { t: clockTime(Date.parse(proposal.at)) })}
              onClick={() => actions.record(assignment, { type: 'report_stage', assignment_id: assignment.id, stage: proposal.stage as 'arrived', at: proposal.at })}
            >
              {t('row.confirm', { step: word(t, 'step', proposal.stage), t: clockTime(Date.parse(proposal.at)) })}
            </button>
          )}
          {late ? (
            <>
              <em className="flag">{t('rail.unreceived_flag', { n: Math.floor((now - Date.parse(assignment.assigned_at)) / 1000) })}</em>
              <button type="button" className={`action small ${silenced ? '' : 'primary'}`} onClick={onSilence}>
                {t(silenced ? 'row.calling' : 'row.call')} <kbd>A</kbd>
              </button>
            </>
          ) : (
            <>
              {overdue && !silenced && (
                <button type="button" className="flag line" onClick={onSilence}>
                  {t(over.kind === 'turnout' ? 'row.turnout_late' : 'row.overdue')}
                </button>
              )}
              {stale && <em className="flag line">{t('row.fix_lost')}</em>}
              <span className={`family family-${family}`}>
                <i className="dot" /> {isOpen(assignment) ? (isUnit(unit) ? t(`unit.${unit.status}`) : '') : assignment.result ? t(`result.${assignment.result}`) : t(`stage.${assignment.status}`)}
              </span>
              {isOpen(assignment) && (
                <b className="number" aria-hidden="true">
                  {timer(now - since(assignment))}
                </b>
              )}
              {destination && <small className="cut">{t('row.to', { name: destination })}</small>}
            </>
          )}
          {isOpen(assignment) && (
            <button type="button" className="more" aria-expanded={open} title={t('row.actions')} onClick={onToggle}>
              <span className="unseen">{t('row.actions')}</span>⋯ <kbd>T</kbd>
            </button>
          )}
        </div>
      </div>
      {open && isOpen(assignment) ? <RowActions assignment={assignment} /> : <Failure at={assignment.id} />}
    </li>
  )
}

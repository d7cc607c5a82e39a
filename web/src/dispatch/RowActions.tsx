/** What can be done with one assignment now; what cannot is not offered, or says why. */
import { Select } from 'antd'
import { RESULTS, type Assignment, type AssignmentResult, type Step } from '../api/cases'
import { closesEarly, mayRedirect, needsDestination, nextSteps, recallable } from '../domain/cases'
import { divertTargets } from '../domain/targets'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { Destination } from './Destination'
import type { Asking } from './deskState'
import { Failure } from './Failure'
import { onLetters, useRowFocus } from './letters'
import { ReasonLine } from './ReasonLine'
import { BREAKDOWN_REASONS, CANCEL_REASONS } from './reasons'
import { TargetLine } from './TargetLine'
import { useCaseActions } from './useCaseActions'
import { useDispatch } from './useDispatch'

export function RowActions({ assignment }: { assignment: Assignment }) {
  const t = useT()
  const { feed, dispatch, barred } = useDispatch()
  const { asking } = useStore(dispatch)
  const actions = useCaseActions()
  const row = useRowFocus(asking)
  const found = feed.picture.get(assignment.incident_id)
  const incident = found?.kind === 'incident' ? found : null
  const steps = nextSteps(assignment)
  const off = barred !== null
  const back = recallable(assignment)
  const more = incident && back ? divertTargets(feed.picture, incident) : []
  const ask = (what: Asking) => () => dispatch.set({ asking: asking === what ? null : what })
  const record = (stage: Step) =>
    actions.record(assignment, stage === 'acknowledged' ? { type: 'acknowledge_assignment', assignment_id: assignment.id } : { type: 'report_stage', assignment_id: assignment.id, stage })
  const beds = () => dispatch.set({ panel: 'beds' })
  const keys = onLetters({
    c: back && !off ? ask('cancel') : null,
    d: more.length > 0 && !off ? ask('divert') : null,
    f: off ? null : ask('breakdown'),
    b: mayRedirect(assignment) ? beds : null,
  })
  return (
    <div ref={row} className="row-actions" onKeyDown={keys}>
      <div className="row-buttons">
        {steps.map((stage, i) => {
          const blocked = needsDestination(assignment, stage)
          return (
            // The button stays the same one while the stages go on: who keeps it focused goes on with Enter.
            <button key={i} type="button" className={`action small ${i === 0 ? 'strong' : ''}`} disabled={off || blocked} title={blocked ? t('row.destination_first') : undefined} onClick={() => record(stage)}>
              {t('row.record', { step: t(`step.${stage}`) })}
            </button>
          )
        })}
        {mayRedirect(assignment) && (
          <>
            <Destination assignment={assignment} incident={incident} />
            <button type="button" className="action small" onClick={beds}>
              {t('beds.open')} <kbd>B</kbd>
            </button>
          </>
        )}
        {closesEarly(assignment) && (
          <Select
            size="small"
            suffixIcon={<Icon name="down" size={12} />}
            popupMatchSelectWidth={false}
            disabled={off}
            aria-label={t('row.close_early')}
            placeholder={t('row.close_early')}
            value={null}
            onChange={(result: AssignmentResult | null) => result && actions.record(assignment, { type: 'report_stage', assignment_id: assignment.id, stage: 'closed', result })}
            options={RESULTS.map((value) => ({ value, label: t(`result.${value}`) }))}
          />
        )}
        <span className="row-ends">
          {back && (
            <>
              <button type="button" className="action small" aria-expanded={asking === 'divert'} disabled={off || more.length === 0} title={more.length === 0 ? t('row.divert_none') : undefined} onClick={ask('divert')}>
                {t('assign.divert')} <kbd>D</kbd>
              </button>
              <button type="button" className="action small" aria-expanded={asking === 'cancel'} disabled={off} onClick={ask('cancel')}>
                {t('assign.cancel')} <kbd>C</kbd>
              </button>
            </>
          )}
          <button type="button" className="action small" aria-expanded={asking === 'breakdown'} disabled={off} onClick={ask('breakdown')}>
            {t('breakdown.name')} <kbd>F</kbd>
          </button>
        </span>
      </div>
      {asking === 'cancel' && back && <ReasonLine title={t('assign.cancel')} reasons={CANCEL_REASONS} onReason={(reason) => actions.cancel(assignment, reason)} />}
      {asking === 'breakdown' && <ReasonLine title={t('breakdown.name')} reasons={BREAKDOWN_REASONS} onReason={(reason) => actions.breakdown(assignment, reason)} />}
      {asking === 'divert' && back && <TargetLine title={t('divert.to')} targets={more} onTarget={(id) => actions.divert(assignment, id, t('row.divert_reason'))} />}
      <Failure at={assignment.id} />
    </div>
  )
}

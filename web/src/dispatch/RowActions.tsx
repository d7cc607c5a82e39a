/** What can be done with one assignment now; what cannot is not offered, or says why. */
import { Select } from 'antd'
import { useMemo } from 'react'
import { RESULTS, type Assignment, type AssignmentResult, type Incident } from '../api/cases'
import type { CaseCommand } from '../api/commands'
import type { Facility } from '../api/types'
import { closesEarly, needsDestination, nextSteps, recallable, shortNumber } from '../domain/cases'
import { roughDistance } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { distance } from '../i18n/format'
import { word, type Key } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { useDispatch } from './useDispatch'

const CANCEL_REASONS: readonly Key[] = ['cancel_reason.caller', 'cancel_reason.closer', 'cancel_reason.wrong', 'cancel_reason.unit', 'cancel_reason.other']
const HOSPITALS = new Set(['hospital', 'township_hospital'])
const NEAREST = 60

export function RowActions({ assignment, run }: { assignment: Assignment; run(command: CaseCommand): void }) {
  const t = useT()
  const { feed, barred } = useDispatch()
  const incident = feed.picture.get(assignment.incident_id)
  const steps = nextSteps(assignment)
  const off = barred !== null
  const suffixIcon = <Icon name="down" size={12} />
  return (
    <div className="row-actions">
      {steps.map((stage, i) => {
        const blocked = needsDestination(assignment, stage)
        return (
          <button
            key={stage}
            type="button"
            className={`action small ${i === 0 ? 'strong' : ''}`}
            disabled={off || blocked}
            title={blocked ? t('row.destination_first') : undefined}
            onClick={() => run(stage === 'acknowledged' ? { type: 'acknowledge_assignment', assignment_id: assignment.id } : { type: 'report_stage', assignment_id: assignment.id, stage })}
          >
            {t('row.record', { step: t(`step.${stage}`) })}
          </button>
        )
      })}
      {assignment.carries_patients && recallOrAboard(assignment) && (
        <Destination assignment={assignment} incident={incident?.kind === 'incident' ? incident : null} disabled={off} onChoose={(facility_id) => run({ type: 'set_destination', assignment_id: assignment.id, facility_id })} />
      )}
      {closesEarly(assignment) && (
        <Select
          size="small"
          suffixIcon={suffixIcon}
          popupMatchSelectWidth={false}
          disabled={off}
          aria-label={t('row.close_early')}
          placeholder={t('row.close_early')}
          value={null}
          onChange={(result: AssignmentResult | null) => result && run({ type: 'report_stage', assignment_id: assignment.id, stage: 'closed', result })}
          options={RESULTS.map((value) => ({ value, label: t(`result.${value}`) }))}
        />
      )}
      {recallable(assignment) && (
        <>
          <Divert assignment={assignment} incident={incident?.kind === 'incident' ? incident : null} disabled={off} run={run} />
          <Select
            size="small"
            suffixIcon={suffixIcon}
            popupMatchSelectWidth={false}
            disabled={off}
            aria-label={t('assign.cancel')}
            placeholder={t('assign.cancel')}
            value={null}
            onChange={(reason: Key | null) => reason && run({ type: 'cancel_assignment', assignment_id: assignment.id, reason: t(reason) })}
            options={CANCEL_REASONS.map((value) => ({ value, label: t(value) }))}
          />
        </>
      )}
    </div>
  )
}

/** Until the patient has arrived the way may still be changed. */
function recallOrAboard(assignment: Assignment): boolean {
  return ['departed', 'arrived', 'patient_aboard', 'left_scene'].includes(assignment.status)
}

function Destination({ assignment, incident, disabled, onChoose }: { assignment: Assignment; incident: Incident | null; disabled: boolean; onChoose(id: string): void }) {
  const t = useT()
  const { feed } = useDispatch()
  const lon = incident?.lon
  const lat = incident?.lat
  const options = useMemo(() => hospitals(feed.picture, lon, lat), [feed, lon, lat])
  return (
    <Select
      size="small"
      showSearch
      className="destination"
      popupMatchSelectWidth={false}
      optionFilterProp="label"
      suffixIcon={<Icon name="down" size={12} />}
      disabled={disabled}
      aria-label={t('row.destination')}
      placeholder={t('row.destination')}
      value={assignment.destination_id}
      onChange={(id: string) => onChoose(id)}
      options={options}
    />
  )
}

function hospitals(picture: Picture, lon: number | undefined, lat: number | undefined): { value: string; label: string }[] {
  const rows: { value: string; label: string; far: number }[] = []
  for (const facility of picture.all<Facility>('facility')) {
    if (facility.retired || !HOSPITALS.has(facility.facility_type ?? 'hospital')) continue
    const far = lon === undefined || lat === undefined ? 0 : roughDistance(lon, lat, facility.lon, facility.lat)
    rows.push({ value: facility.id, label: far > 0 ? `${facility.name} · ${distance(far)}` : facility.name, far })
  }
  return rows.sort((a, b) => a.far - b.far).slice(0, NEAREST)
}

function Divert({ assignment, incident, disabled, run }: { assignment: Assignment; incident: Incident | null; disabled: boolean; run(command: CaseCommand): void }) {
  const t = useT()
  const { feed } = useDispatch()
  const more = [...feed.picture.all<Incident>('incident')].filter((i) => incident && i.status !== 'closed' && i.id !== incident.id && i.priority < incident.priority)
  return (
    <Select
      size="small"
      suffixIcon={<Icon name="down" size={12} />}
      popupMatchSelectWidth={false}
      disabled={disabled || more.length === 0}
      title={more.length === 0 ? t('row.divert_none') : undefined}
      aria-label={t('assign.divert')}
      placeholder={t('assign.divert')}
      value={null}
      onChange={(id: string | null) => id && run({ type: 'divert_assignment', assignment_id: assignment.id, incident_id: id, reason: t('row.divert_reason') })}
      options={more
        .sort((a, b) => a.priority.localeCompare(b.priority))
        .map((i) => ({ value: i.id, label: `${i.priority} ${shortNumber(i.number)} ${word(t, 'incident', i.incident_type)}` }))}
    />
  )
}

/** What can be done with a case that runs: each says beside its row why it was refused. */
import { useMemo } from 'react'
import { releaseUnits, reserveUnits } from '../actions/reserveUnits'
import { setDestination } from '../actions/setDestination'
import { unlinkCall } from '../actions/unlinkCall'
import type { Assignment, Call, Incident } from '../api/cases'
import type { CaseCommand } from '../api/commands'
import type { Facility, Unit } from '../api/types'
import { shortNumber } from '../domain/cases'
import { useT } from '../i18n/context'
import { clockTime } from '../i18n/format'
import { word } from '../i18n/translate'
import { focusOn } from './deskState'
import { useAttempt, useRemember } from './useAttempt'
import { useDispatch } from './useDispatch'

export function useCaseActions() {
  const t = useT()
  const { feed, dispatch, send } = useDispatch()
  const attempt = useAttempt()
  const remember = useRemember()
  return useMemo(() => {
    const nameOf = (id: string) => feed.picture.get(id)?.name ?? id
    const names = (ids: readonly string[]) => ids.map(nameOf).join(t('rec.comma'))
    const closed = { asking: null, row: null, menu: null } as const
    /** The case that wants a decision now comes to the front. */
    const front = (incident: string, text: string, alarm = false) => {
      focusOn(dispatch, { type: 'incident', id: incident })
      dispatch.set({ ...closed, notice: { alarm, text } })
    }
    return {
      /** A stage, a confirmation, an early end. */
      record: (assignment: Assignment, command: CaseCommand) => void attempt(assignment.id, () => send(command)),

      destination: (assignment: Assignment, facility: Facility) =>
        attempt(assignment.id, async () => remember(facility.name, await setDestination(send, assignment, facility.id))),

      cancel: (assignment: Assignment, reason: string) =>
        void attempt(assignment.id, async () => {
          await send({ type: 'cancel_assignment', assignment_id: assignment.id, reason })
          dispatch.set(closed)
        }),

      breakdown: (assignment: Assignment, reason: string) =>
        void attempt(assignment.id, async () => {
          await send({ type: 'report_breakdown', assignment_id: assignment.id, reason })
          front(assignment.incident_id, t('breakdown.done', { unit: nameOf(assignment.unit_id) }), true)
        }),

      divert: (assignment: Assignment, into: string, reason: string) =>
        void attempt(assignment.id, async () => {
          await send({ type: 'divert_assignment', assignment_id: assignment.id, incident_id: into, reason })
          front(assignment.incident_id, t('divert.done', { unit: nameOf(assignment.unit_id) }), true)
        }),

      standDown: (incident: Incident, reason: string) =>
        void attempt(incident.id, async () => {
          await send({ type: 'stand_down', incident_id: incident.id, reason })
          dispatch.set({ ...closed, notice: { alarm: false, text: t('stand_down.done', { no: shortNumber(incident.number) }) } })
        }),

      merge: (incident: Incident, into: string, reason: string) =>
        void attempt(incident.id, async () => {
          await send({ type: 'merge_incidents', incident_id: incident.id, into_incident_id: into, reason })
          const standing = feed.picture.get(into)
          front(into, t('merge.done', { no: shortNumber(incident.number), into: standing?.kind === 'incident' ? shortNumber(standing.number) : into }))
        }),

      /** The call comes to the front: it has to become something else. */
      unlink: (call: Call) =>
        void attempt(call.incident_id ?? call.id, async () => {
          const inverse = await unlinkCall(send, call)
          remember(t('unlink.about', { line: word(t, 'line', call.line) }), inverse)
          focusOn(dispatch, { type: 'call', id: call.id })
          dispatch.set(closed)
        }),

      reserve: (units: readonly string[], incident: Incident) =>
        void attempt('recommend', async () => {
          // What is kept changes its version: it must not look as if somebody else had touched it.
          dispatch.set({ armed: null, notice: null })
          remember(t('reserve.about', { unit: names(units) }), await reserveUnits(send, units, incident.id))
          if (incident.attended_by === null) await send({ type: 'attend_incident', incident_id: incident.id })
          const kept = feed.picture.get(units[0] ?? '') as Unit | undefined
          const until = kept?.reserved_until ? clockTime(Date.parse(kept.reserved_until)) : ''
          dispatch.set({ notice: { alarm: false, text: t(until ? 'reserve.done' : 'reserve.done_plain', { unit: names(units), no: shortNumber(incident.number), t: until }) } })
        }),

      release: (where: string, units: readonly Unit[]) =>
        void attempt(where, async () => {
          dispatch.set({ armed: null, notice: null })
          remember(t('release.about', { unit: names(units.map(({ id }) => id)) }), await releaseUnits(send, units))
          dispatch.set({ notice: { alarm: false, text: t('release.done', { unit: names(units.map(({ id }) => id)) }) } })
        }),
    }
  }, [t, feed, dispatch, send, attempt, remember])
}

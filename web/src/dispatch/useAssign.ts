/** Arming and sending: nothing stale can be sent, and who lost a race is told to whom, with the next unit in hand. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { assignUnits, lostRace } from '../actions/assignUnits'
import type { Candidate, Recommendations } from '../api/dispatch'
import type { Assignment, Incident } from '../api/cases'
import { arm, disarmed, type Disarm } from '../domain/arming'
import { useWho } from '../app/people'
import { shortNumber } from '../domain/cases'
import { isUnit } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { clockTime } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import type { Translate } from '../i18n/translate'
import { useFeed, useSecond } from '../ui/hooks'
import { useStore } from '../ui/store'
import { useDispatch } from './useDispatch'
import type { Intake } from './useIntake'

type Who = (actor: string) => string

/** After a refusal the same Enter must not send the next unit at once. */
const CALM_MS = 600

export function useAssign(incident: Incident | null, shown: Recommendations | null, form: Intake) {
  const t = useT()
  const { feed, dispatch, own, me, barred, send } = useDispatch()
  const { armed } = useStore(dispatch)
  const who = useWho()
  const [busy, setBusy] = useState(false)
  const calmUntil = useRef(0)
  const version = useFeed(feed, 'entities', 50)
  const second = useSecond()

  useEffect(() => {
    if (!armed || busy) return
    const why = disarmed(armed, feed.picture, feed.clock.now(), own.has)
    if (why) dispatch.set({ armed: null, notice: { alarm: true, text: disarmText(t, feed.picture, why, who) } })
  }, [armed, busy, version, second, feed, dispatch, own, t, who])

  const armCandidate = useCallback(
    (candidate: Pick<Candidate, 'unit_id' | 'name'>, add: boolean) => {
      const unit = feed.picture.get(candidate.unit_id)
      if (!incident || barred || !isUnit(unit)) return
      const next = arm(dispatch.get().armed, incident, { id: unit.id, name: unit.name, version: unit.version }, add)
      dispatch.set({ armed: next, notice: null })
    },
    [feed, incident, barred, dispatch],
  )

  const fire = useCallback(async () => {
    const now = dispatch.get().armed
    if (!now || busy || barred || Date.now() < calmUntil.current) return
    setBusy(true)
    try {
      // What was typed goes first, so that the crew reads it with the order.
      if (form.draft && form.draft.dirty.length > 0 && !form.locked && !form.clash) await form.flush().catch(() => undefined)
      if (incident?.attended_by === null) await send({ type: 'attend_incident', incident_id: now.incidentId })
      const standing = feed.picture.get(now.incidentId)
      await assignUnits(send, now, Math.max(standing?.version ?? 0, own.latest(now.incidentId), now.incidentVersion), shown)
      const names = now.units.map((unit) => unit.name).join(t('rec.comma'))
      dispatch.set({ armed: null, notice: { alarm: false, text: t('assign.done', { unit: names, t: clockTime(feed.clock.now()) }) } })
    } catch (error) {
      calmUntil.current = Date.now() + CALM_MS
      const lost = lostRace(error)
      const told = lost ? lostText(t, feed.picture, lost.blockedBy, now.units.map((u) => u.name).join(t('rec.comma')), me, who) : t('assign.failed', { reason: reasonOf(t, error) })
      const next = lost?.next ? feed.picture.get(lost.next.unit_id) : undefined
      const fresh = feed.picture.get(now.incidentId)
      if (lost?.next && isUnit(next) && fresh?.kind === 'incident') {
        const rearmed = arm(null, fresh, { id: next.id, name: next.name, version: next.version }, false)
        dispatch.set({ armed: rearmed, notice: { alarm: true, text: t('assign.lost_next', { told, next: next.name }) } })
      } else dispatch.set({ armed: null, notice: { alarm: true, text: told } })
    } finally {
      setBusy(false)
    }
  }, [dispatch, busy, barred, form, incident, send, feed, own, shown, t, me, who])

  return { busy, armCandidate, fire }
}

function lostText(t: Translate, picture: Picture, blocked: { kind: string; id: string } | null, units: string, me: string, who: Who): string {
  const standing = blocked ? picture.get(blocked.id) : undefined
  if (standing?.kind === 'assignment') return takenText(t, picture, standing, me, who)
  if (isUnit(standing)) return t('assign.lost_status', { unit: standing.name, status: t(`unit.${standing.status}`) })
  return t('assign.lost_plain', { unit: units })
}

function takenText(t: Translate, picture: Picture, assignment: Assignment, me: string, who: Who, key: 'assign.lost' | 'disarm.taken' = 'assign.lost'): string {
  const unit = picture.get(assignment.unit_id)
  const incident = picture.get(assignment.incident_id)
  return t(key, {
    unit: unit?.name ?? assignment.unit_id,
    seat: assignment.assigned_by === me ? t('assign.yourself') : who(assignment.assigned_by),
    t: clockTime(Date.parse(assignment.assigned_at)),
    no: incident?.kind === 'incident' ? shortNumber(incident.number) : assignment.incident_id,
  })
}

function disarmText(t: Translate, picture: Picture, why: Disarm, who: Who): string {
  switch (why.reason) {
    case 'taken': {
      const assignment = picture.get(why.assignmentId)
      return assignment?.kind === 'assignment' ? takenText(t, picture, assignment, '', who, 'disarm.taken') : t('disarm.taken_plain', { unit: why.unit.name })
    }
    case 'status':
      return t('disarm.status', { unit: why.unit.name, status: t(`unit.${why.status}`) })
    case 'incident':
      return t('disarm.incident')
    default:
      return t(`disarm.${why.reason}`, { unit: why.unit.name })
  }
}

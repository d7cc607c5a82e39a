/** What the form does with the case in hand: taken, held, linked, closed. */
import type { Acceptance, Assignment, Call } from '../api/cases'
import { answerCall } from '../actions/answerCall'
import { endCallTaking } from '../actions/endCallTaking'
import { linkCase } from '../actions/linkCase'
import { newCall } from '../actions/newCall'
import { undo, type Undoable } from '../actions/undoLast'
import { useT } from '../i18n/context'
import { focusOn, type InHand } from './deskState'
import { useAttempt } from './useAttempt'
import { useDispatch } from './useDispatch'
import type { Intake } from './useIntake'

export function useIntakeActions(hand: InHand | null, form: Intake, assignments: readonly Assignment[]) {
  const t = useT()
  const { dispatch, drafts, send } = useDispatch()
  const attempt = useAttempt()
  const incident = hand?.incident ?? null
  return {
    answer: (call: Call) => {
      focusOn(dispatch, { type: 'call', id: call.id })
      void attempt('queue', () => answerCall(send, call.id))
    },
    create: () =>
      void attempt('queue', async () => {
        const id = await newCall(send)
        if (id) focusOn(dispatch, { type: 'call', id })
      }),
    attend: (id: string) => void attempt('form', () => send({ type: 'attend_incident', incident_id: id })),
    end: (type: Acceptance) =>
      void attempt('form', async () => {
        if (type === 'held') return dispatch.set({ holding: true })
        if (form.draft?.dirty.length && incident && !form.locked && !form.clash) await form.flush()
        await endCallTaking(send, { call: hand?.call ?? null, incident, assignments, acceptance: type, reason: '' })
        if (!incident && hand) drafts.drop(hand.key)
      }),
    hold: (reason: string, until: string | undefined) =>
      void attempt('form', async () => {
        const call = hand?.call && ['answered', 'call_taking'].includes(hand.call.status) ? hand.call : null
        await endCallTaking(send, { call, incident, assignments, acceptance: 'held', reason, ...(until ? { until } : {}) })
        dispatch.set({ holding: false })
      }),
    link: (id: string) =>
      void attempt('form', async () => {
        await linkCase(send, hand?.call ?? null, incident, id, t('duplicate.reason'))
        focusOn(dispatch, { type: 'incident', id })
      }),
    resume: () => void attempt('form', async () => incident && send({ type: 'resume_incident', incident_id: incident.id })),
    close: (outcome: string) =>
      void attempt('form', async () => {
        if (!incident) return
        await send({ type: 'close_incident', incident_id: incident.id, outcome })
        drafts.drop(incident.id)
      }),
    undoLast: (last: Undoable | null) =>
      last &&
      void attempt('progress', async () => {
        await undo(send, last, t('progress.undo_reason'))
        if (last.type === 'step') dispatch.set({ step: null })
      }),
  }
}

/** 调度台: who, what, which, where, from left to right; the progress of what was sent across the foot. */
import { useCallback, useMemo, useState } from 'react'
import { answerCall } from '../actions/answerCall'
import { endCallTaking, usualAcceptance } from '../actions/endCallTaking'
import { linkCase } from '../actions/linkCase'
import { newCall } from '../actions/newCall'
import { undo, undoable } from '../actions/undoLast'
import type { Acceptance, Assignment, Call } from '../api/cases'
import { useAlarms } from '../app/AlarmWatch'
import { assignmentsOf, isOpen, needFill, openNeed } from '../domain/cases'
import { similarTo } from '../domain/duplicates'
import { ofDesk } from '../domain/progress'
import { flat, nextWaiting, queueOf } from '../domain/queue'
import { Watermark } from '../drill/Watermark'
import { useI18n } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import { useFeed, useSecond } from '../ui/hooks'
import { useStore } from '../ui/store'
import { DeskMap } from './DeskMap'
import { focusOn, inHand, stepBack } from './deskState'
import { HandoverPanel, offersTo } from './HandoverPanel'
import { Intake } from './Intake'
import { KeysPanel } from './KeysPanel'
import type { Intent } from './keymap'
import { areaName } from './place'
import { Progress } from './Progress'
import { Queue } from './Queue'
import { RecommendPanel } from './RecommendPanel'
import { ShiftPanel } from './ShiftPanel'
import { useAssign } from './useAssign'
import { useDeskKeys } from './useDeskKeys'
import { useDispatch } from './useDispatch'
import { useIntake } from './useIntake'
import { useRecommendations } from './useRecommendations'
import './desk.css'
import './intake.css'
import './recommend.css'

type Region = 'queue' | 'form' | 'progress'

export function DispatchScreen() {
  const { t, language } = useI18n()
  const context = useDispatch()
  const { feed, dispatch, drafts, me, barred, send, world } = context
  const { focus, armed, notice, needId, panel, silenced } = useStore(dispatch)
  const version = useFeed(feed, 'entities', 100)
  useSecond()
  const now = feed.clock.now()
  const { alarms } = useAlarms()
  const [failures, setFailures] = useState<Partial<Record<Region, string>>>({})

  const hand = useMemo(() => {
    void version
    return inHand(feed.picture, focus)
  }, [feed, focus, version])
  const incident = hand?.incident ?? null
  const form = useIntake(hand)
  const queue = queueOf(feed.picture, now)
  const assignments = incident ? assignmentsOf(feed.picture, incident) : []
  const fills = incident ? needFill(incident, assignments) : []
  const need = fills.find((fill) => fill.need.id === needId)?.need ?? openNeed(fills)
  const mayAsk = barred !== 'desk.no_right' && incident !== null && incident.status !== 'closed'
  const asked = useRecommendations(mayAsk ? incident.id : null, need?.id ?? null)
  const assign = useAssign(incident, asked.value, form)
  const place = form.draft?.place ?? (incident ? { lon: incident.lon, lat: incident.lat } : null)
  const told = incident ? Date.parse(incident.opened_at) : now
  const similar = hand && place && incident?.status !== 'closed' && assignments.length === 0 ? similarTo(feed.picture, place, told, incident?.id ?? null) : []
  const rows = ofDesk(feed.picture, me, now)
  const last = undoable(feed.picture.all<Assignment>('assignment'), me, now)
  const others = assignments.filter((a) => a.assigned_by !== me).length
  const usual = usualAcceptance(incident, assignments, others, asked.value?.candidates.length === 0)
  const offers = offersTo(feed.picture, me)

  /** Tries something; what failed is said where it happened. */
  const attempt = useCallback(
    async (region: Region, work: () => Promise<unknown>) => {
      try {
        await work()
        setFailures((old) => ({ ...old, [region]: '' }))
      } catch (error) {
        setFailures((old) => ({ ...old, [region]: t('desk.failed', { reason: reasonOf(t, error) }) }))
      }
    },
    [t],
  )
  const answer = (call: Call) => {
    focusOn(dispatch, { type: 'call', id: call.id })
    void attempt('queue', () => answerCall(send, call.id))
  }
  const create = () =>
    void attempt('queue', async () => {
      const id = await newCall(send)
      if (id) focusOn(dispatch, { type: 'call', id })
    })
  const attend = (id: string) => void attempt('form', () => send({ type: 'attend_incident', incident_id: id }))
  const end = (acceptance: Acceptance) =>
    void attempt('form', async () => {
      const type = acceptance
      if (type === 'held') return dispatch.set({ holding: true })
      if (form.draft?.dirty.length && incident && !form.locked && !form.clash) await form.flush()
      await endCallTaking(send, { call: hand?.call ?? null, incident, assignments, acceptance: type, reason: '' })
      if (!incident && hand) drafts.drop(hand.key)
    })
  const hold = (reason: string, until: string | undefined) =>
    void attempt('form', async () => {
      const call = hand?.call && ['answered', 'call_taking'].includes(hand.call.status) ? hand.call : null
      await endCallTaking(send, { call, incident, assignments, acceptance: 'held', reason, ...(until ? { until } : {}) })
      dispatch.set({ holding: false })
    })
  const link = (id: string) =>
    void attempt('form', async () => {
      await linkCase(send, hand?.call ?? null, incident, id, t('duplicate.reason'))
      focusOn(dispatch, { type: 'incident', id })
    })
  const resume = () => void attempt('form', () => (incident ? send({ type: 'resume_incident', incident_id: incident.id }) : Promise.resolve()))
  const close = (outcome: string) =>
    void attempt('form', async () => {
      if (!incident) return
      await send({ type: 'close_incident', incident_id: incident.id, outcome })
      drafts.drop(incident.id)
    })
  const undoLast = () => last && void attempt('progress', () => undo(send, last, t('progress.undo_reason')))
  const placeAt = useCallback(
    (lon: number, lat: number) => {
      form.update({ place: { lon, lat, source: 'map' } })
      dispatch.set({ picking: false })
    },
    [form, dispatch],
  )

  const taking = hand?.call && ['answered', 'call_taking'].includes(hand.call.status) && !form.locked
  const act = (intent: Intent) => {
    switch (intent.type) {
      case 'answer':
        return queue.ringing[0] && !barred && answer(queue.ringing[0])
      case 'next': {
        const next = nextWaiting(queue, me, incident?.id ?? null)
        if (!next) return
        focusOn(dispatch, { type: 'incident', id: next.incident.id })
        return next.incident.attended_by === null && !barred && attend(next.incident.id)
      }
      case 'move': {
        const list = flat(queue)
        const at = list.findIndex(({ id }) => id === focus?.id || id === incident?.id)
        const next = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + intent.step))]
        return next && focusOn(dispatch, next)
      }
      case 'arm': {
        const candidate = asked.value?.candidates[intent.n - 1]
        return candidate && assign.armCandidate(candidate, intent.add)
      }
      case 'recommend':
        return (document.querySelector<HTMLElement>('.armed-bar button') ?? document.querySelector<HTMLElement>('.cands button:enabled'))?.focus()
      case 'end':
        return taking && end(usual)
      case 'hold':
        if (!incident || form.locked) return
        return incident.status === 'held' ? resume() : !assignments.some(isOpen) && dispatch.set({ holding: true })
      case 'link':
        return similar[0] && !barred && link(similar[0].incident.id)
      case 'silence': {
        const first = alarms.find((alarm) => !silenced.has(alarm.key))
        if (!first) return
        return dispatch.set({ silenced: new Set([...silenced, first.key]), row: first.assignmentId })
      }
      case 'left_out':
        return dispatch.set({ leftOutOpen: !dispatch.get().leftOutOpen })
      case 'undo':
        return undoLast()
      case 'back':
        return stepBack(dispatch)
      case 'keys':
        return dispatch.set({ panel: panel === 'keys' ? null : 'keys' })
    }
  }
  useDeskKeys(act)

  const spoken = incident ? placeName() : ''
  function placeName(): string {
    const address = form.draft?.personalKnown ? form.draft.address.trim() : ''
    return address || `${areaName(feed.picture, incident?.jurisdiction, language)} ${incident?.number ?? ''}`
  }
  return (
    <main className="desk">
      <Queue queue={queue} now={now} answer={answer} create={create} failure={failures.queue ?? ''} />
      <Intake
        hand={hand}
        form={form}
        fills={fills}
        assignments={assignments}
        similar={similar}
        usual={usual}
        now={now}
        actions={{ end: (type) => end(type ?? usual), hold, resume, close, link, attend: () => incident && attend(incident.id) }}
        failure={failures.form ?? ''}
      />
      <RecommendPanel incident={mayAsk ? incident : null} hint={barred === 'desk.no_right' ? barred : 'rec.empty'} asked={asked} armed={armed} notice={notice} place={spoken} busy={assign.busy} filled={need === null} onArm={assign.armCandidate} onSend={() => void assign.fire()} />
      <div className="desk-edge">
        <DeskMap candidates={asked.value?.candidates ?? NO_CANDIDATES} placeAt={placeAt} />
        {offers.length > 0 && panel !== 'handover' && (
          <button type="button" className="offer" onClick={() => dispatch.set({ panel: 'handover' })}>
            {t('handover.offer_waits', { n: offers.length })}
          </button>
        )}
        {panel === 'handover' && <HandoverPanel now={now} />}
        {panel === 'shifts' && <ShiftPanel now={now} />}
        {panel === 'keys' && <KeysPanel />}
        {world.kind === 'drill' && <Watermark />}
      </div>
      <Progress rows={rows} now={now} undo={last} onUndo={undoLast} failure={failures.progress ?? ''} />
    </main>
  )
}

const NO_CANDIDATES: never[] = []

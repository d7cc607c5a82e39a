/** The form behind the form: one draft for each case, kept at every keystroke, written to the record when it can be. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { saveCase } from '../actions/saveCase'
import { change, draftOf, emptyDraft, follow, lacking, personalClash, saved, withPersonal, type Draft } from '../domain/draft'
import { getPrivate } from '../api/dispatch'
import { useT } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import { useWho } from '../app/people'
import type { InHand } from './deskState'
import type { Drafts } from './drafts'
import { useDispatch, useDraft } from './useDispatch'

/** A pause in typing this long writes to the record. */
const QUIET_MS = 900

export interface Intake {
  draft: Draft | null
  /** Why the form cannot be typed in; empty when it can. */
  locked: string
  /** Another dispatcher has it. */
  attendedBy: string | null
  saving: boolean
  failure: string
  clash: boolean
  update(patch: Partial<Draft>): void
  /** Writes at once what is not in the record yet. */
  flush(): Promise<void>
  /** Fetches the personal part; the look is recorded. */
  reveal(): Promise<void>
  /** Mine replaces what the other one wrote. */
  overrule(): void
  retry(): void
}

export function useIntake(hand: InHand | null): Intake {
  const t = useT()
  const { world, feed, drafts, me, barred, send } = useDispatch()
  const who = useWho()
  const draft = useDraft(hand?.key ?? null) ?? null
  const [saving, setSaving] = useState(false)
  const [failed, setFailed] = useState<{ draft: Draft; text: string } | null>(null)
  const running = useRef<Promise<void> | null>(null)
  const { call, incident } = hand ?? { call: null, incident: null }
  const attendedBy = incident?.attended_by && incident.attended_by !== me ? who(incident.attended_by) : null
  const locked = lockOf()

  function lockOf(): string {
    if (!hand) return ''
    if (barred) return t(barred)
    if (incident) return incident.status === 'closed' ? t('intake.closed') : attendedBy ? t('intake.attended', { name: attendedBy }) : ''
    if (call?.status === 'ringing') return t('intake.ringing')
    return call?.answered_by === me ? '' : t('call.taken', { seat: who(call?.answered_by) })
  }

  useEffect(() => {
    if (!hand) return
    const known = drafts.get(hand.key)
    // The call has become an incident: what was typed goes with it.
    const typed = !known && hand.incident && hand.call ? drafts.get(hand.call.id) : undefined
    if (typed && hand.incident && hand.call) {
      drafts.set(hand.key, typed)
      drafts.drop(hand.call.id)
    } else if (!known) drafts.set(hand.key, hand.incident ? draftOf(hand.incident) : emptyDraft(hand.call))
    else if (hand.incident) {
      const next = follow(known, hand.incident)
      if (JSON.stringify(next) !== JSON.stringify(known)) drafts.set(hand.key, next)
    }
  }, [drafts, hand])

  const update = useCallback(
    (patch: Partial<Draft>) => {
      const now = hand && drafts.get(hand.key)
      if (hand && now) drafts.set(hand.key, change(now, patch, Date.now()))
    },
    [drafts, hand],
  )

  const save = useCallback(async () => {
    const sent = hand && drafts.get(hand.key)
    if (!hand || !sent || sent.dirty.length === 0) return
    setSaving(true)
    try {
      const done = await saveCase(send, sent, hand.incident, hand.call?.id ?? null)
      if (done) settle(drafts, hand, sent, done.incidentId, done.personalId)
      setFailed(null)
    } catch (error) {
      setFailed({ draft: sent, text: t('intake.not_saved', { reason: reasonOf(t, error) }) })
      throw error
    } finally {
      setSaving(false)
    }
  }, [drafts, hand, send, t])

  const flush = useCallback(async () => {
    await running.current?.catch(() => undefined)
    const work = save()
    running.current = work
    await work
  }, [save])

  const clash = Boolean(draft && incident && personalClash(draft, incident))
  const ready = Boolean(draft && hand && !locked && !clash && !saving && draft.dirty.length > 0 && draft !== failed?.draft && (incident || lacking(draft).length === 0))
  useEffect(() => {
    if (!ready) return
    const timer = window.setTimeout(() => void flush().catch(() => undefined), incident ? QUIET_MS : 0)
    return () => window.clearTimeout(timer)
    // `draft` restarts the pause with every keystroke.
  }, [ready, draft, incident, flush])

  const reveal = useCallback(async () => {
    const id = hand?.incident?.private?.id
    if (!hand || !id || drafts.get(hand.key)?.personalKnown) return
    try {
      const { content } = await getPrivate(world.id, id)
      const now = drafts.get(hand.key)
      if (now) drafts.set(hand.key, withPersonal(now, id, content))
    } catch (error) {
      const now = drafts.get(hand.key)
      if (now) setFailed({ draft: now, text: t('private.failed', { reason: reasonOf(t, error) }) })
    }
  }, [drafts, hand, world.id, t])

  const overrule = () => {
    const now = hand && drafts.get(hand.key)
    const standing = hand && feed.picture.get(hand.key)
    if (hand && now && standing?.kind === 'incident') drafts.set(hand.key, { ...now, personalBase: standing.private?.id ?? null, personalKnown: true })
  }
  const failure = failed && (failed.draft === draft || draft?.dirty.length) ? failed.text : ''
  return { draft, locked, attendedBy, saving, failure, clash, update, flush, reveal, overrule, retry: () => setFailed(null) }
}

/** What was sent is in the record; what was typed meanwhile stays to be sent. */
function settle(drafts: Drafts, hand: InHand, sent: Draft, incidentId: string, personalId: string | null): void {
  const now = drafts.get(incidentId) ?? drafts.get(hand.key)
  if (now) drafts.set(incidentId, saved({ ...sent, ...now }, sent, personalId))
  if (hand.key !== incidentId) drafts.drop(hand.key)
}

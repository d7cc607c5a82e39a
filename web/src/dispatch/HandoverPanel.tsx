/** 交接班: what is open on this desk, to whom it goes; and what others hand to this desk. */
import { useState } from 'react'
import type { Handover, Incident } from '../api/cases'
import { actorName } from '../domain/cases'
import { queueOf, type IncidentRow } from '../domain/queue'
import type { Picture } from '../feed/picture'
import { useI18n } from '../i18n/context'
import { when } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { word } from '../i18n/translate'
import { PriorityMark } from './Mark'
import { PanelFrame } from './PanelFrame'
import { whereabouts } from './place'
import { meOf, useDispatch } from './useDispatch'

/** Offers to this account that wait for its answer. */
export function offersTo(picture: Picture, me: string): Handover[] {
  return [...picture.all<Handover>('handover')].filter((h) => h.to === me && h.accepted_at === null).sort((a, b) => b.offered_at.localeCompare(a.offered_at))
}

export function HandoverPanel({ now }: { now: number }) {
  const { t, language } = useI18n()
  const { feed, me, barred, send } = useDispatch()
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const [told, setTold] = useState<{ alarm: boolean; text: string } | null>(null)
  const queue = queueOf(feed.picture, now)
  const mine = [...queue.waiting, ...queue.held, ...queue.running, ...queue.done].filter(({ incident }) => incident.attended_by === me)
  const taking = queue.taking.filter((call) => call.answered_by === me)
  const own = [...feed.picture.all<Handover>('handover')].find((h) => h.from === me && h.accepted_at === null)
  const run = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work()
      setTold({ alarm: false, text: done })
    } catch (error) {
      setTold({ alarm: true, text: t('handover.failed', { reason: reasonOf(t, error) }) })
    }
  }
  return (
    <PanelFrame title={t('handover.title')}>
      {offersTo(feed.picture, me).map((offer) => (
        <div key={offer.id} className="ask">
          <span>
            {t('handover.offered', { name: actorName(offer.from), t: when(t, Date.parse(offer.offered_at), now), n: offer.incident_ids.length })}
            {offer.note && <small> {offer.note}</small>}
          </span>
          <button type="button" className="action primary" disabled={barred !== null} onClick={() => void run(() => send({ type: 'accept_handover', handover_id: offer.id }), t('handover.accepted'))}>
            {t('handover.accept')}
          </button>
        </div>
      ))}
      <h3>{t('handover.open', { n: mine.length })}</h3>
      {mine.length === 0 && <p className="dim">{t('handover.nothing')}</p>}
      <ul className="handover-list">
        {taking.map((call) => (
          <li key={call.id}>{t('handover.taking', { line: word(t, 'line', call.line) })}</li>
        ))}
        {mine.map((row) => (
          <Case key={row.incident.id} row={row} where={whereabouts(t, language, feed.picture, row.incident)} now={now} />
        ))}
      </ul>
      {own && <p className="ask">{t('handover.waiting', { name: actorName(own.to) })}</p>}
      <div className="panel-form">
        <label htmlFor="handover-to">{t('handover.to')}</label>
        <input id="handover-to" list="handover-names" value={to} maxLength={60} placeholder={t('handover.to_hint')} onChange={(e) => setTo(e.target.value)} />
        <datalist id="handover-names">
          {namesIn(feed.picture, me).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <label htmlFor="handover-note">{t('handover.note')}</label>
        <textarea id="handover-note" rows={2} maxLength={300} value={note} onChange={(e) => setNote(e.target.value)} />
        <button
          type="button"
          className="action primary"
          disabled={barred !== null || !to.trim()}
          onClick={() => void run(() => send({ type: 'hand_over', to: meOf(to.trim()), note: note.replace(/\s+/g, ' ').trim() }), t('handover.sent', { name: to.trim() }))}
        >
          {t('handover.submit')}
        </button>
        {told && (
          <p className={told.alarm ? 'alarm' : 'dim'} role={told.alarm ? 'alert' : 'status'}>
            {told.text}
          </p>
        )}
      </div>
    </PanelFrame>
  )
}

function Case({ row, where, now }: { row: IncidentRow; where: string; now: number }) {
  const { t } = useI18n()
  const { incident, lead } = row
  const state = lead ? t(`stage.${lead.status}`) : t(incident.status === 'held' ? 'queue.held' : 'queue.waiting')
  return (
    <li>
      <PriorityMark priority={incident.priority} />
      <span>
        <b>{incident.number}</b> {word(t, 'incident', incident.incident_type)} · {where}
      </span>
      <em>
        {state} · {when(t, row.from, now)}
      </em>
    </li>
  )
}

/** Accounts that act on the desk, as far as the picture names them. */
function namesIn(picture: Picture, me: string): string[] {
  const names = new Set<string>()
  for (const incident of picture.all<Incident>('incident')) for (const name of [incident.attended_by, incident.opened_by]) if (name && name !== me && name.startsWith('user:')) names.add(actorName(name))
  return [...names].sort()
}

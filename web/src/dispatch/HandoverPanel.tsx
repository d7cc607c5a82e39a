/** 交接班: what is open on this desk, to whom it goes; and what others hand to this desk. */
import { Select } from 'antd'
import { useState } from 'react'
import type { Handover } from '../api/cases'
import { useWho } from '../app/people'
import { useStore } from '../ui/store'
import type { People } from '../domain/people'
import { queueOf, type IncidentRow } from '../domain/queue'
import type { Picture } from '../feed/picture'
import { useI18n } from '../i18n/context'
import { when } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
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
  const { feed, me, barred, send, people: source } = useDispatch()
  const who = useWho()
  const { people } = useStore(source)
  const [to, setTo] = useState<string | null>(null)
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
            {t('handover.offered', { name: who(offer.from), t: when(t, Date.parse(offer.offered_at), now), n: offer.incident_ids.length })}
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
      {own && <p className="ask">{t('handover.waiting', { name: who(own.to) })}</p>}
      <div className="panel-form">
        <label htmlFor="handover-to">{t('handover.to')}</label>
        <Select
          id="handover-to"
          showSearch
          optionFilterProp="label"
          suffixIcon={<Icon name="down" size={12} />}
          placeholder={t('handover.to_hint')}
          value={to}
          onChange={setTo}
          options={takers(people, me)
            .map((actor) => ({ value: actor, label: who(actor) }))
            .sort((a, b) => a.label.localeCompare(b.label, 'zh-CN'))}
        />
        <label htmlFor="handover-note">{t('handover.note')}</label>
        <textarea id="handover-note" rows={2} maxLength={300} value={note} onChange={(e) => setNote(e.target.value)} />
        <button
          type="button"
          className="action primary"
          disabled={barred !== null || !to}
          onClick={() => to && void run(() => send({ type: 'hand_over', to, note: note.replace(/\s+/g, ' ').trim() }), t('handover.sent', { name: who(to) }))}
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

/** Who may take over a desk here. */
function takers(people: People, me: string): string[] {
  const desks = [...people.values()].filter(({ role, active }) => active && (role === 'dispatcher' || role === 'commander'))
  return desks.map(({ username }) => meOf(username)).filter((actor) => actor !== me)
}

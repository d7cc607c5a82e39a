/** A call that rings, or that somebody is taking without an incident yet. */
import type { Call } from '../api/cases'
import { useWho } from '../app/people'
import { ANSWER_S } from '../domain/timers'
import { useI18n } from '../i18n/context'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { areaName } from './place'
import { TimerRing } from './TimerRing'
import { useDispatch } from './useDispatch'
import { useMaskedNumber } from './useMaskedNumber'

interface Props {
  call: Call
  now: number
  selected: boolean
  first: boolean
  onSelect(): void
  onAnswer(): void
}

export function CallRow({ call, now, selected, first, onSelect, onAnswer }: Props) {
  const { t, language } = useI18n()
  const { feed, me, barred } = useDispatch()
  const who = useWho()
  const number = useMaskedNumber(call.private?.id ?? null)
  const ringing = call.status === 'ringing'
  const from = Date.parse(ringing ? call.received_at : (call.call_taking_began_at ?? call.answered_at ?? call.received_at))
  const over = ringing && now - from > ANSWER_S * 1000
  const mine = call.answered_by === me
  const title = word(t, 'line', call.line)
  const located = call.lon !== null ? t('call.located') : t('call.unlocated')
  return (
    <li className={`queue-row ${selected ? 'on' : ''} ${over ? 'over' : ''}`} data-id={call.id}>
      <button type="button" className="queue-main" aria-pressed={selected} onClick={onSelect}>
        <TimerRing from={from} now={now} limitS={ringing ? ANSWER_S : null} seconds={ringing} label={t(ringing ? 'call.ringing' : 'call.taking')} />
        <span className="queue-text">
          <span className="line1">
            <b className={number ? 'caller' : ''}>{number ?? title}</b>
            <small>{number ? title : call.reference}</small>
          </span>
          <span className="line2">
            {areaName(feed.picture, call.jurisdiction, language) || t('call.anywhere')} · {located}
          </span>
          <span className="line3">
            {ringing ? (
              t('call.unanswered')
            ) : call.status === 'ended' ? (
              t('call.unlinked')
            ) : (
              <>
                <Icon name="headset" size={14} /> {mine ? t('call.mine') : t('call.taken', { seat: who(call.answered_by) })}
              </>
            )}
          </span>
        </span>
      </button>
      <span className="queue-side">
        {over && <em className="flag">{t('call.over10')}</em>}
        {ringing && (
          <button type="button" className="answer" disabled={barred !== null} title={barred ? t(barred) : undefined} onClick={onAnswer}>
            {first && <kbd>F2</kbd>} {t('call.answer')}
          </button>
        )}
      </span>
    </li>
  )
}

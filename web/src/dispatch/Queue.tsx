/** 来电与事件: ringing, waiting, held, running, done; the most urgent on top. */
import { useEffect, useRef } from 'react'
import type { Call } from '../api/cases'
import type { IncidentRow as Row, Queue as Rows } from '../domain/queue'
import { PictureAge } from '../app/PictureAge'
import { seatName } from '../app/seat'
import { useT } from '../i18n/context'
import type { Key } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { CallRow } from './CallRow'
import { focusOn, toggleMenu } from './deskState'
import { Failure } from './Failure'
import { IncidentRow } from './IncidentRow'
import { useDispatch } from './useDispatch'

interface Props {
  queue: Rows
  now: number
  answer(call: Call): void
  create(): void
}

export function Queue({ queue, now, answer, create }: Props) {
  const t = useT()
  const { feed, dispatch, session, barred } = useDispatch()
  const { focus, menu } = useStore(dispatch)
  const list = useRef<HTMLDivElement>(null)
  const calls = [...queue.ringing, ...queue.taking]
  const focused = focus?.id
  useEffect(() => {
    if (focused) list.current?.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [focused])
  const focusedCall = focused ? feed.picture.get(focused) : undefined
  const linked = focusedCall?.kind === 'call' ? focusedCall.incident_id : null
  const section = (title: Key, note: Key, rows: readonly Row[], empty?: Key) =>
    (rows.length > 0 || empty) && (
      <section aria-label={t(title)}>
        <header className="queue-head">
          <h3>
            {t(title)} <b>{rows.length}</b>
          </h3>
          <span>{t(note)}</span>
        </header>
        {rows.length === 0 && empty && <p className="dim pad">{t(empty)}</p>}
        <ol>
          {rows.map((row) => (
            <IncidentRow
              key={row.incident.id}
              row={row}
              now={now}
              selected={row.incident.id === focused || row.incident.id === linked}
              open={menu === row.incident.id}
              onSelect={() => focusOn(dispatch, { type: 'incident', id: row.incident.id })}
              onMenu={() => {
                focusOn(dispatch, { type: 'incident', id: row.incident.id })
                toggleMenu(dispatch, row.incident.id)
              }}
            />
          ))}
        </ol>
      </section>
    )
  return (
    <aside className="panel queue" aria-label={t('queue.title')} data-region="queue">
      <header className="panel-head">
        <h2>{t('queue.title')}</h2>
        <span>
          {seatName(t, session.user)} · <PictureAge />
        </span>
        <button type="button" className="action small" disabled={barred !== null} title={barred ? t(barred) : undefined} onClick={create}>
          <Icon name="phone" size={15} /> {t('queue.new_call')}
        </button>
      </header>
      <Failure at="queue" />
      <div className="queue-scroll" ref={list} tabIndex={-1}>
        {feed.loading && (
          <>
            <div className="skeleton" />
            <div className="skeleton" />
            <div className="skeleton" />
          </>
        )}
        {calls.length > 0 && (
          <section aria-label={t('queue.ringing')}>
            <header className="queue-head">
              <h3>
                {t('queue.ringing')} <b>{queue.ringing.length}</b>
              </h3>
              <span>{t('queue.ringing_note')}</span>
            </header>
            <ol>
              {calls.map((call) => (
                <CallRow
                  key={call.id}
                  call={call}
                  now={now}
                  selected={call.id === focused}
                  first={call.id === queue.ringing[0]?.id}
                  onSelect={() => focusOn(dispatch, { type: 'call', id: call.id })}
                  onAnswer={() => answer(call)}
                />
              ))}
            </ol>
          </section>
        )}
        {section('queue.waiting', 'queue.waiting_note', queue.waiting, feed.loading ? undefined : 'queue.waiting_none')}
        {section('queue.held', 'queue.held_note', queue.held)}
        {section('queue.running', 'queue.running_note', queue.running)}
        {section('queue.done', 'queue.done_note', queue.done)}
      </div>
      <footer className="panel-foot">
        <span>
          <kbd>F3</kbd> {t('queue.next')}
        </span>
        <span>
          <kbd>J</kbd> <kbd>K</kbd> {t('queue.move')}
        </span>
        <span>
          <kbd>E</kbd> {t('menu.short')}
        </span>
      </footer>
    </aside>
  )
}

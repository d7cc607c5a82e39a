/** 本席任务进程: everything this desk has sent, across the foot of the screen. */
import { useState } from 'react'
import type { Assignment } from '../api/cases'
import type { CaseCommand } from '../api/commands'
import { useAlarms } from '../app/AlarmWatch'
import type { Undoable } from '../actions/undoLast'
import { seatName } from '../app/seat'
import { useT } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { ProgressRow } from './ProgressRow'
import { useDispatch } from './useDispatch'

interface Props {
  rows: readonly Assignment[]
  now: number
  undo: Undoable | null
  onUndo(): void
  failure: string
}

export function Progress({ rows, now, undo, onUndo, failure }: Props) {
  const t = useT()
  const { dispatch, feed, send, session } = useDispatch()
  const { alarms } = useAlarms()
  const { row: open, silenced } = useStore(dispatch)
  const [refused, setRefused] = useState('')
  const run = async (command: CaseCommand) => {
    try {
      await send(command)
      setRefused('')
    } catch (error) {
      setRefused(t('row.failed', { reason: reasonOf(t, error) }))
    }
  }
  const keyOf = (assignment: Assignment) => alarms.find((alarm) => alarm.assignmentId === assignment.id)?.key
  const silence = (assignment: Assignment) => {
    const keys = alarms.filter((alarm) => alarm.assignmentId === assignment.id).map((alarm) => alarm.key)
    dispatch.set({ silenced: new Set([...silenced, ...keys]) })
  }
  const unit = undo ? feed.picture.get(undo.assignment.unit_id)?.name : undefined
  return (
    <section className="progress" aria-label={t('progress.title')} data-region="progress">
      <header>
        <Icon name="steps" />
        <h2>{t('progress.title')}</h2>
        <span>{t('progress.n', { name: seatName(t, session.user), n: rows.length })}</span>
        {(refused || failure) && (
          <p className="alarm" role="alert">
            {refused || failure}
          </p>
        )}
        <div className="progress-tools">
          <button type="button" className="quiet" onClick={() => dispatch.set({ panel: dispatch.get().panel === 'shifts' ? null : 'shifts' })}>
            <Icon name="people" size={15} /> {t('shift.title')}
          </button>
          <button type="button" className="quiet" onClick={() => dispatch.set({ panel: dispatch.get().panel === 'handover' ? null : 'handover' })}>
            <Icon name="swap" size={15} /> {t('handover.title')}
          </button>
          <a className="quiet" href="#/print">
            <Icon name="print" size={15} /> {t('print.title')}
          </a>
          <button type="button" className="quiet" disabled={!undo} onClick={onUndo}>
            {undo ? t('progress.undo_this', { unit: unit ?? '', n: Math.max(0, Math.ceil((undo.until - now) / 1000)) }) : t('progress.undo')} <kbd>U</kbd>
          </button>
        </div>
      </header>
      <ol className="progress-rows">
        {rows.length === 0 && <li className="dim pad">{t('progress.none')}</li>}
        {rows.map((assignment) => (
          <ProgressRow
            key={assignment.id}
            assignment={assignment}
            now={now}
            open={open === assignment.id}
            silenced={silenced.has(keyOf(assignment) ?? '')}
            onToggle={() => dispatch.set({ row: open === assignment.id ? null : assignment.id })}
            onSilence={() => silence(assignment)}
            run={(command) => void run(command)}
          />
        ))}
      </ol>
      <div className="unseen" aria-live="polite">
        {rows
          .slice(0, 3)
          .map((a) => `${feed.picture.get(a.unit_id)?.name ?? ''} ${t(`stage.${a.status}`)}`)
          .join(t('rec.comma'))}
      </div>
    </section>
  )
}

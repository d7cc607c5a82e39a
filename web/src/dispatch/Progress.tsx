/** 本席任务进程: everything this desk has sent, across the foot of the screen. */
import type { Assignment } from '../api/cases'
import { useAlarms } from '../app/AlarmWatch'
import type { Undoable } from '../actions/undoLast'
import { seatName } from '../app/seat'
import { isUnreceived } from '../domain/queue'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { toggleRow } from './deskState'
import { Failure } from './Failure'
import { ProgressRow } from './ProgressRow'
import { useDispatch } from './useDispatch'

interface Props {
  rows: readonly Assignment[]
  now: number
  undo: Undoable | null
  onUndo(): void
}

export function Progress({ rows, now, undo, onUndo }: Props) {
  const t = useT()
  const { dispatch, feed, session } = useDispatch()
  const { alarms } = useAlarms()
  const { row: open, silenced, strip } = useStore(dispatch)
  const keyOf = (assignment: Assignment) => alarms.find((alarm) => alarm.assignmentId === assignment.id)?.key
  const silence = (assignment: Assignment) => {
    const keys = alarms.filter((alarm) => alarm.assignmentId === assignment.id).map((alarm) => alarm.key)
    dispatch.set({ silenced: new Set([...silenced, ...keys]) })
  }
  const about = undo ? (undo.type === 'step' ? undo.step.about : (feed.picture.get(undo.assignment.unit_id)?.name ?? '')) : ''
  const late = rows.filter((a) => isUnreceived(a, now)).length
  return (
    <section className={`progress ${strip ? '' : 'folded'}`} aria-label={t('progress.title')} data-region="progress">
      <header>
        <Icon name="steps" />
        <h2>{t('progress.title')}</h2>
        <span>{t('progress.n', { name: seatName(t, session.user), n: rows.length })}</span>
        {late > 0 && <em className="flag">{t('progress.late', { n: late })}</em>}
        <Failure at="progress" />
        <div className="progress-tools">
          <button type="button" className="strip-fold" aria-expanded={strip} onClick={() => dispatch.set({ strip: !strip })}>
            <Icon name={strip ? 'down' : 'right'} size={13} /> {t(strip ? 'progress.fold' : 'progress.unfold')}
          </button>
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
            {undo ? t('progress.undo_this', { unit: about, n: Math.max(0, Math.ceil((undo.until - now) / 1000)) }) : t('progress.undo')} <kbd>U</kbd>
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
            onToggle={() => toggleRow(dispatch, assignment.id)}
            onSilence={() => silence(assignment)}
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

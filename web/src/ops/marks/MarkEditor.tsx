/** Changes the words and the end of a mark, on the version that was seen. */
import { useState } from 'react'
import { changeMark } from '../../actions/marks'
import type { Mark } from '../../api/marks'
import { useDesk } from '../../app/desk'
import { endOf, localText } from '../../domain/validity'
import { useT } from '../../i18n/context'
import { reasonOf } from '../../i18n/problem'
import { MarkFields, type MarkText } from './MarkFields'

function wordsOf(mark: Mark): MarkText {
  const validity = mark.valid_until ? { until: localText(Date.parse(mark.valid_until)) } : null
  return { type: mark.mark_type, title: mark.title, text: mark.text, validity }
}

export function MarkEditor({ mark, now, onDone }: { mark: Mark; now: number; onDone(): void }) {
  const t = useT()
  const { world, feed, frozen } = useDesk()
  // What was seen when the editing began: somebody else's change is refused, not overwritten.
  const [seen, setSeen] = useState(mark)
  const [words, setWords] = useState(() => wordsOf(mark))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const clash = mark.version !== seen.version && !busy
  const end = endOf(words.validity, now)
  // An end that was not touched keeps its seconds.
  const kept = words.validity && 'until' in words.validity && seen.valid_until && words.validity.until === localText(Date.parse(seen.valid_until))
  const ready = !busy && !frozen && feed.status.phase !== 'offline' && (end !== undefined || kept)
  const save = async () => {
    if (!ready) return
    setBusy(true)
    setFailure('')
    try {
      const valid_until = kept ? seen.valid_until : (end ?? null)
      await changeMark(world.id, seen, { mark_type: words.type, title: words.title.trim(), text: words.text.trim(), valid_until })
      onDone()
    } catch (error) {
      setFailure(t('mark.failed', { reason: reasonOf(t, error) }))
      setBusy(false)
    }
  }
  return (
    <div className="status-form mark-editor">
      {clash && (
        <p className="alarm" role="alert">
          {t('code.version_changed')}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              setSeen(mark)
              setWords(wordsOf(mark))
              setFailure('')
            }}
          >
            {t('mark.reload')}
          </button>
        </p>
      )}
      <MarkFields value={words} now={now} onChange={setWords} onSubmit={() => void save()} />
      {failure && (
        <p className="alarm" role="alert">
          {failure}
        </p>
      )}
      <div className="actions">
        <button type="button" className="action primary" disabled={!ready} onClick={() => void save()}>
          {t('mark.save')}
        </button>
        <button type="button" className="action" onClick={onDone}>
          {t('draw.discard')}
        </button>
      </div>
    </div>
  )
}

/** 记事: who wrote when; the text is personal and shown on demand. */
import { useState } from 'react'
import { getPrivate } from '../api/dispatch'
import type { Incident } from '../api/cases'
import { useWho } from '../app/people'
import { useT } from '../i18n/context'
import { when } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { FieldLabel } from './FieldLabel'
import { useDispatch } from './useDispatch'

const SHOWN = 5

export function NotesLine({ incident, locked, now }: { incident: Incident; locked: boolean; now: number }) {
  const t = useT()
  const { send, world } = useDispatch()
  const who = useWho()
  const [text, setText] = useState('')
  const [read, setRead] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState('')
  const run = async (work: () => Promise<void>) => {
    try {
      await work()
      setFailure('')
    } catch (error) {
      setFailure(t('note.failed', { reason: reasonOf(t, error) }))
    }
  }
  const write = () =>
    run(async () => {
      if (!text.trim()) return
      await send({ type: 'add_note', incident_id: incident.id, text: text.trim() })
      setText('')
    })
  const show = (id: string) =>
    run(async () => {
      const { content, erased } = await getPrivate(world.id, id)
      setRead((old) => ({ ...old, [id]: erased ? t('private.erased') : (content.text ?? '') }))
    })
  const notes = incident.notes.slice(-SHOWN).reverse()
  return (
    <div className="field notes">
      <FieldLabel name={t('note.title')} htmlFor="note">
        {incident.notes.length > 0 && t('note.count', { n: incident.notes.length })}
      </FieldLabel>
      <input
        id="note"
        disabled={locked}
        maxLength={500}
        placeholder={t('note.hint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return
          event.stopPropagation()
          void write()
        }}
      />
      {failure && <p className="alarm small">{failure}</p>}
      <ul>
        {notes.map((note) => (
          <li key={note.at + note.by}>
            <time>{when(t, Date.parse(note.at), now)}</time> {who(note.by)}
            {note.private && (read[note.private.id] ?? <button type="button" className="link" onClick={() => note.private && void show(note.private.id)}>{t('private.show')}</button>)}
          </li>
        ))}
      </ul>
    </div>
  )
}

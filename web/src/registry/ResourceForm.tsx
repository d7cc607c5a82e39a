/** One resource: entered, changed or retired. What is wrong stands at its field; a refusal of the server above the button. */
import { useMemo, useState } from 'react'
import { registerResource, retireResource, updateResource } from '../actions/registry'
import { ApiError } from '../api/client'
import type { Entity } from '../api/types'
import { useDesk } from '../app/desk'
import { draftOf, faultsOf, fieldsOf, homeOf, type Draft, type FormKind } from '../domain/registry'
import { useI18n } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import { useFeed } from '../ui/hooks'
import { Icon } from '../ui/icons'
import { FieldRow } from './FieldRow'
import { RetireRow } from './RetireRow'

interface Props {
  kind: FormKind
  /** None enters a new one. */
  id: string | null
  onHistory(id: string): void
  onClose(): void
}

export function ResourceForm({ kind, id, onHistory, onClose }: Props) {
  const { t } = useI18n()
  const { feed, world } = useDesk()
  useFeed(feed, 'entities', 500)
  // What the editor saw: a change by somebody else meanwhile is told, not overwritten.
  const [seen, setSeen] = useState<Entity | null>(() => (id ? (feed.picture.get(id) ?? null) : null))
  const first = useMemo<Draft>(() => (seen ? draftOf(kind, seen, feed.picture.get(homeOf(seen) ?? '')) : { source: t('registry.source_default'), id: '' }), [seen, kind, t, feed])
  const [draft, setDraft] = useState<Draft>(first)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null)
  const faults = faultsOf(kind, draft, seen !== null)
  const wrong = Object.keys(faults).length
  const dirty = JSON.stringify(draft) !== JSON.stringify(first)
  const standing = seen ? feed.picture.get(seen.id) : null
  const changed = seen !== null && standing !== undefined && standing !== null && standing.version !== seen.version

  const run = async (act: () => Promise<unknown>, done: string) => {
    setBusy(true)
    setSaid(null)
    try {
      await act()
      setSaid({ text: done, bad: false })
      return true
    } catch (error) {
      const inTheWay = error instanceof ApiError ? error.problem.blocked_by : null
      const who = inTheWay ? t('registry.in_the_way', { name: feed.picture.get(inTheWay.id)?.name ?? inTheWay.id }) : ''
      setSaid({ text: t('registry.not_saved', { reason: reasonOf(t, error) + who }), bad: true })
      return false
    } finally {
      setBusy(false)
    }
  }
  const save = async () => {
    setTried(true)
    if (wrong > 0) return
    if (seen) {
      if (await run(() => updateResource(world.id, kind, draft, seen), t('registry.saved'))) reload()
    } else if (await run(() => registerResource(world.id, kind, draft), t('registry.entered', { name: String(draft.name) }))) {
      // The next one of a row of likes differs in little.
      setDraft({ ...draft, name: '', plate: '', id: '' })
      setTried(false)
    }
  }
  const reload = () => {
    const now = seen ? feed.picture.get(seen.id) : null
    if (!now) return
    setSeen(now)
    setDraft(draftOf(kind, now, feed.picture.get(homeOf(now) ?? '')))
  }
  const title = seen ? (seen.name ?? seen.id) : t('registry.new', { kind: t(`registry_kind.${kind}`) })
  return (
    <aside
      className="desk-side"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !dirty) onClose()
        if (event.key === 'Enter' && event.ctrlKey) void save()
      }}
    >
      <header className="panel-head">
        <h2>{title}</h2>
        {seen && <span>{t('registry.version', { n: seen.version })}</span>}
        {seen && (
          <button type="button" className="quiet" onClick={() => onHistory(seen.id)}>
            {t('registry.history')}
          </button>
        )}
        <button type="button" className="close" aria-label={t('card.close')} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      </header>
      {changed && !busy && dirty && (
        <p className="note alarm" role="alert">
          {t('registry.changed_meanwhile')}{' '}
          <button type="button" className="link" onClick={reload}>
            {t('registry.reload')}
          </button>
        </p>
      )}
      <form
        className="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {!seen && <FieldRow kind={kind} field={{ name: 'id', form: 'text', max: 64 }} draft={draft} fault={tried ? faults.id : undefined} onChange={setDraft} />}
        {fieldsOf(kind, seen !== null).map((field, i) => (
          <FieldRow key={field.name} kind={kind} field={field} draft={draft} fault={tried ? faults[field.name] : undefined} autoFocus={i === 0} onChange={setDraft} />
        ))}
        <footer>
          {tried && wrong > 0 && <p className="alarm">{t('registry.wrong', { n: wrong })}</p>}
          {said && (
            <p className={said.bad ? 'alarm' : 'done'} role={said.bad ? 'alert' : 'status'}>
              {said.text}
            </p>
          )}
          <button type="submit" className="action primary" disabled={busy || (seen !== null && !dirty)}>
            {t(seen ? 'registry.save' : 'registry.enter')} <kbd>Ctrl ⏎</kbd>
          </button>
          {dirty && (
            <button type="button" className="action" disabled={busy} onClick={() => setDraft(first)}>
              {t('registry.revert')}
            </button>
          )}
        </footer>
      </form>
      {seen && <RetireRow busy={busy} name={seen.name ?? seen.id} onRetire={async (reason) => (await run(() => retireResource(world.id, seen.id, reason), t('registry.retired'))) && onClose()} />}
    </aside>
  )
}

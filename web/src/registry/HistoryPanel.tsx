/** The history of one entity, newest first: who changed what, when, by which command. */
import { useEffect, useState } from 'react'
import { getHistory, type FieldChange, type HistoryEntry } from '../api/registry'
import { useDesk } from '../app/desk'
import { useI18n, useT } from '../i18n/context'
import { fullTime } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { reasonOf } from '../i18n/problem'
import { word, type Translate } from '../i18n/translate'
import { Icon } from '../ui/icons'

const PAGE = 50

export function HistoryPanel({ id, onClose, onEdit }: { id: string; onClose(): void; onEdit: (() => void) | null }) {
  const { t, language } = useI18n()
  const { feed, world } = useDesk()
  const [entries, setEntries] = useState<HistoryEntry[] | null>(null)
  const [ended, setEnded] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const version = feed.picture.get(id)?.version
  const older = async () => {
    try {
      const page = await getHistory(world.id, id, entries?.at(-1)?.seq)
      setEntries([...(entries ?? []), ...page])
      setEnded(page.length < PAGE)
    } catch (caught) {
      setError(caught)
    }
  }
  // A new version is a new entry.
  useEffect(() => {
    const stop = new AbortController()
    getHistory(world.id, id, undefined, stop.signal).then(
      (page) => {
        setEntries(page)
        setEnded(page.length < PAGE)
        setError(null)
      },
      (caught: unknown) => {
        if (!stop.signal.aborted) setError(caught)
      },
    )
    return () => stop.abort()
  }, [world, id, version])
  const name = nameIn(language, feed.picture.get(id), id)
  return (
    <aside className="desk-side history" aria-label={t('registry.history_of', { name })} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header className="panel-head">
        <h2>{name}</h2>
        <span>{t('registry.history')}</span>
        {onEdit && (
          <button type="button" className="quiet" onClick={onEdit}>
            {t('registry.edit')}
          </button>
        )}
        <button type="button" className="close" autoFocus aria-label={t('card.close')} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      </header>
      {error !== null && (
        <p className="alarm pad" role="alert">
          {t('registry.history_failed', { reason: reasonOf(t, error) })}
        </p>
      )}
      {!entries && error === null && [0, 1, 2].map((i) => <div key={i} className="skeleton" />)}
      <ol>
        {entries?.map((entry) => (
          <Entry key={entry.seq} entry={entry} />
        ))}
      </ol>
      {entries && !ended && (
        <button type="button" className="action more" onClick={() => void older()}>
          {t('registry.older')}
        </button>
      )}
    </aside>
  )
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const t = useT()
  return (
    <li>
      <time dateTime={entry.at}>{fullTime(t, Date.parse(entry.at))}</time>
      <b>{entry.step === 'changed' ? word(t, 'command', entry.type) : t(`history.${entry.step}`)}</b>
      <span className="who">{entry.actor.replace(/^user:/, '')}</span>
      <small>
        {entry.version ? `v${entry.version} · ` : ''}#{entry.seq}
      </small>
      {entry.reason && <p>{t('history.reason', { reason: entry.reason })}</p>}
      {entry.fields.length > 0 && <FieldList fields={entry.fields} />}
    </li>
  )
}

export function FieldList({ fields }: { fields: readonly FieldChange[] }) {
  const t = useT()
  return (
    <ul className="field-list">
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          <span>{word(t, 'field', field)}</span>
          <del>{valueText(t, field, before)}</del>
          <ins>{valueText(t, field, after)}</ins>
        </li>
      ))}
    </ul>
  )
}

const FAMILIES: Record<string, string> = { status: 'unit', capabilities: 'cap', equipment: 'equip', specialities: 'spec', roles: 'duty', properties: 'bed', class: 'class', tier: 'tier', zone: 'zone', level: 'level', ownership: 'ownership', category: 'category', vehicle_type: 'vehicle', facility_type: 'facility', reserve_kind: 'reserve' }

function valueText(t: Translate, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('history.none')
  const say = (one: unknown) => (FAMILIES[field] ? word(t, FAMILIES[field], String(one)) : String(one))
  if (field.endsWith('_at') || field === 'status_since') return fullTime(t, Date.parse(String(value)))
  return Array.isArray(value) ? value.map(say).join(t('history.comma')) || t('history.none') : say(value)
}

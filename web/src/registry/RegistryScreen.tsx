/** 登记: every resource of the registry by kind; entered, changed, retired, exported and imported by administrators. */
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { mayKeepRegistry } from '../actions/registry'
import { registryFileUrl } from '../api/registry'
import type { Entity, Placed } from '../api/types'
import { useDesk } from '../app/desk'
import { covered } from '../domain/areas'
import { isFormKind, matches, REGISTRY_KINDS, type RegistryKind } from '../domain/registry'
import { Watermark } from '../drill/Watermark'
import { useT } from '../i18n/context'
import { count } from '../i18n/format'
import { AreaSelect } from '../ui/AreaSelect'
import { useFeed } from '../ui/hooks'
import { Icon } from '../ui/icons'
import { isTyping } from '../ui/typing'
import { HistoryPanel } from './HistoryPanel'
import { ImportPanel } from './ImportPanel'
import { KindTable } from './KindTable'
import { ResourceForm } from './ResourceForm'
import './registry.css'

type Panel = { type: 'form'; id: string | null } | { type: 'history'; id: string } | { type: 'import' } | null

export function RegistryScreen() {
  const t = useT()
  const { feed, session, world } = useDesk()
  const version = useFeed(feed, 'entities', 500)
  const [kind, setKind] = useState<RegistryKind>('ambulance')
  const [words, setWords] = useState('')
  const [area, setArea] = useState<string | null>(session.user.jurisdiction)
  const [panel, setPanel] = useState<Panel>(null)
  const asked = useDeferredValue(words.trim())
  const mayChange = mayKeepRegistry(session.user)
  const noRight = mayChange ? undefined : t('status.no_right', { role: t('role.administrator') })
  const rows = useMemo(() => {
    void version
    const codes = covered(feed.picture, area)
    const inside = (entity: Entity) => !codes || codes.has(placeOf(entity) ?? '') || placeOf(entity) === null
    return [...feed.picture.all<Entity>(kind as Entity['kind'])]
      .filter((entity) => !entity.retired && inside(entity) && (!asked || matches(entity, asked)))
      .sort((a, b) => a.id.localeCompare(b.id))
  }, [feed, version, kind, area, asked])
  const search = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'n' && !isTyping(event.target) && mayChange && isFormKind(kind)) setPanel({ type: 'form', id: null })
      else if (event.key === 'f' && !isTyping(event.target)) search.current?.focus()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [mayChange, kind])

  const close = () => setPanel(null)
  const choose = (next: RegistryKind) => {
    setKind(next)
    setPanel(null)
  }
  return (
    <main className="registry">
      <header className="desk-head">
        <h1>{t('registry.title')}</h1>
        <div className="segments" role="group" aria-label={t('registry.kinds')}>
          {REGISTRY_KINDS.map((value) => (
            <button key={value} type="button" aria-pressed={kind === value} onClick={() => choose(value)}>
              {t(`registry_kind.${value}`)} <span>{count(feed.picture.count(value))}</span>
            </button>
          ))}
        </div>
      </header>
      <div className="desk-filters">
        <label className="find">
          <Icon name="search" size={16} />
          <input ref={search} type="search" aria-label={t('registry.search')} placeholder={t('registry.search')} value={words} onChange={(event) => setWords(event.target.value)} />
          <kbd>f</kbd>
        </label>
        <AreaSelect value={area} onChange={setArea} />
        <span className="dim" role="status">
          {t('registry.count', { n: count(rows.length) })}
        </span>
        <div className="desk-actions">
          {noRight && <span className="no-right">{noRight}</span>}
          <button type="button" className="action primary" disabled={!mayChange || !isFormKind(kind)} title={noRight ?? (isFormKind(kind) ? undefined : t('registry.by_file'))} onClick={() => setPanel({ type: 'form', id: null })}>
            {t('registry.new', { kind: t(`registry_kind.${kind}`) })} <kbd>n</kbd>
          </button>
          <button type="button" className="action" disabled={!mayChange} title={noRight} onClick={() => setPanel({ type: 'import' })}>
            {t('registry.import')}
          </button>
          {(['csv', 'xlsx'] as const).map((format) =>
            mayChange ? (
              <a key={format} className="action" href={registryFileUrl(world.id, kind, format, area ?? undefined)} download>
                {t('kpi.export', { format: format.toUpperCase() })}
              </a>
            ) : (
              <button key={format} type="button" className="action" disabled title={noRight}>
                {t('kpi.export', { format: format.toUpperCase() })}
              </button>
            ),
          )}
        </div>
      </div>
      <div className="registry-body">
        <KindTable
          kind={kind}
          rows={rows}
          loading={feed.loading}
          selected={panel && 'id' in panel ? panel.id : null}
          onOpen={(id) => setPanel({ type: isFormKind(kind) && mayChange ? 'form' : 'history', id })}
          onHistory={(id) => setPanel({ type: 'history', id })}
        />
        {panel?.type === 'form' && isFormKind(kind) && <ResourceForm key={`${kind}/${panel.id}`} kind={kind} id={panel.id} onHistory={(id) => setPanel({ type: 'history', id })} onClose={close} />}
        {panel?.type === 'history' && <HistoryPanel key={panel.id} id={panel.id} onClose={close} onEdit={mayChange && isFormKind(kind) ? () => setPanel({ type: 'form', id: panel.id }) : null} />}
        {panel?.type === 'import' && <ImportPanel key={kind} kind={kind} onClose={close} />}
      </div>
      {world.kind === 'drill' && <Watermark />}
    </main>
  )
}

/** Where an entity lies: its jurisdiction, its own code, or the place of a norm; the catalogue lies nowhere. */
function placeOf(entity: Entity): string | null {
  const { jurisdiction, code, place } = entity as Partial<Placed> & { code?: string; place?: string }
  return jurisdiction ?? code ?? place ?? null
}


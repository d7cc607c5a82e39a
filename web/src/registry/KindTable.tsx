/** The rows of one kind; arrows and j k move, Enter opens, h shows the history. */
import { memo, useState, type KeyboardEvent } from 'react'
import type { Entity } from '../api/types'
import { useDesk } from '../app/desk'
import type { RegistryKind } from '../domain/registry'
import { useI18n, type I18n } from '../i18n/context'
import { count, plate } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { word } from '../i18n/translate'
import type { Picture } from '../feed/picture'

/** Rows drawn at once; more on demand, so that a large registry opens at once too. */
const PAGE = 200

interface Props {
  kind: RegistryKind
  rows: readonly Entity[]
  loading: boolean
  selected: string | null
  onOpen(id: string): void
  onHistory(id: string): void
}

export function KindTable({ kind, rows, loading, selected, onOpen, onHistory }: Props) {
  const i18n = useI18n()
  const { t } = i18n
  const { feed } = useDesk()
  const [shown, setShown] = useState({ kind, n: PAGE })
  const limit = shown.kind === kind ? shown.n : PAGE
  const keys = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = (event.target as HTMLElement).closest('tr')
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (step && row) {
      const next = step > 0 ? row.nextElementSibling : row.previousElementSibling
      next?.querySelector<HTMLElement>('button')?.focus()
    } else if (event.key === 'h' && row?.dataset.id) onHistory(row.dataset.id)
    else return
    event.preventDefault()
  }
  return (
    <div className="desk-scroll" aria-busy={loading}>
      <table className="desk-table">
        <thead>
          <tr>
            {(['name', 'detail', 'belongs', 'area', 'source', 'version', 'history'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`registry_col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={keys}>
          {loading && rows.length === 0 && [0, 1, 2].map((i) => <tr key={i}><td colSpan={7}><div className="skeleton" /></td></tr>)}
          {!loading && rows.length === 0 && (
            <tr>
              <td colSpan={7} className="dim">
                {t('registry.empty')}
              </td>
            </tr>
          )}
          {rows.slice(0, limit).map((entity) => (
            <Row key={entity.id} entity={entity} version={entity.version} i18n={i18n} picture={feed.picture} on={entity.id === selected} onOpen={onOpen} onHistory={onHistory} />
          ))}
        </tbody>
      </table>
      {rows.length > limit && (
        <button type="button" className="action more" onClick={() => setShown({ kind, n: limit + PAGE })}>
          {t('registry.more', { n: count(rows.length - limit) })}
        </button>
      )}
    </div>
  )
}

interface RowProps {
  entity: Entity
  version: number
  i18n: I18n
  picture: Picture
  on: boolean
  onOpen(id: string): void
  onHistory(id: string): void
}

const Row = memo(
  function Row({ entity, i18n, picture, on, onOpen, onHistory }: RowProps) {
    const { t, language } = i18n
    const fields = entity as unknown as Record<string, string | undefined>
    const home = fields.home_id ?? fields.facility_id ?? fields.parent_id
    const area = [...picture.all('jurisdiction')].find((j) => 'code' in j && j.code === (fields.jurisdiction ?? fields.place ?? fields.parent))
    const name = nameIn(language, entity) || fields.text || entity.id
    return (
      <tr data-id={entity.id} className={on ? 'on' : ''}>
        <th scope="row">
          <button type="button" onClick={() => onOpen(entity.id)}>
            <b>{name}</b>
            <small>{fields.plate ? `${plate(fields.plate)} · ${entity.id}` : entity.id}</small>
          </button>
        </th>
        <td>{detail(t, entity)}</td>
        <td>{home ? (picture.get(home)?.name ?? home) : ''}</td>
        <td>{area ? nameIn(language, area) : ''}</td>
        <td className="source">{sourceIn(t, entity.source ?? '')}</td>
        <td className="number">{entity.version}</td>
        <td>
          <button type="button" className="quiet" aria-label={t('registry.history_of', { name })} onClick={() => onHistory(entity.id)}>
            {t('registry.history')}
          </button>
        </td>
      </tr>
    )
  },
  (a, b) => a.version === b.version && a.on === b.on && a.i18n === b.i18n && a.entity.id === b.entity.id,
)

/** What kind of its kind it is. */
function detail(t: I18n['t'], entity: Entity): string {
  const f = entity as unknown as Record<string, string & string[]>
  switch (entity.kind as RegistryKind) {
    case 'ambulance':
      return word(t, 'class', f.class)
    case 'team':
      return [word(t, 'tier', f.tier), word(t, 'category', f.category), t('registry.members', { n: String(f.members) })].join(' · ')
    case 'special_vehicle':
      return word(t, 'vehicle', f.vehicle_type)
    case 'station':
      return [word(t, 'tier', f.tier), word(t, 'zone', f.zone), t('registry.radius', { n: Number(f.service_radius_m) / 1000 })].join(' · ')
    case 'facility':
      return [word(t, 'facility', f.facility_type), word(t, 'level', f.level), word(t, 'ownership', f.ownership)].join(' · ')
    case 'bed_pool':
      return (f.properties ?? []).map((property) => word(t, 'bed', property)).join(' · ')
    case 'stockpile':
      return word(t, 'reserve', f.reserve_kind)
    case 'item':
      return `${word(t, 'item', f.category)} · ${f.unit}`
    case 'jurisdiction':
      return [f.code, word(t, 'tier', f.tier), word(t, 'zone', f.zone)].join(' · ')
    case 'norm':
      return `${f.key} ${f.operator} ${f.value}`
  }
}

/** What an entry rests on: ids of source rows, and the word for what no document states. */
function sourceIn(t: I18n['t'], source: string): string {
  return source
    .split(';')
    .map((id) => (id === 'demo' ? t('registry.source_demo') : id))
    .join(' · ')
}

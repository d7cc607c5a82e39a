/** Where a question is asked from: an incident, anything the search finds, or coordinates in a datum that is chosen. */
import { useId, useState, type KeyboardEvent } from 'react'
import { useDesk } from '../app/desk'
import { coordinatesIn, openIncidents, search, type Hit } from '../domain/search'
import { shortNumber } from '../domain/cases'
import { useT } from '../i18n/context'
import { coordinates } from '../i18n/format'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { hitDetail, hitName } from './hits'
import type { QueryPoint } from './opsState'

const SHOWN = 8

export function PointField({ point, onPoint }: { point: QueryPoint | null; onPoint(point: QueryPoint): void }) {
  const t = useT()
  const { feed } = useDesk()
  const id = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const typed = coordinatesIn(text) !== null
  const hits = !open ? [] : text.trim() ? search(feed.picture, text).slice(0, SHOWN) : openIncidents(feed.picture).slice(0, SHOWN)
  // Coordinates wait for their datum; anything else has a first answer.
  const chosen = active < 0 && !typed && text.trim() ? 0 : active
  const take = (hit: Hit) => {
    setOpen(false)
    setText('')
    setActive(-1)
    const name = hit.kind === 'incident' ? t('why.incident', { no: shortNumber(hit.name) }) : hit.kind === 'point' ? null : hit.name
    onPoint({ lon: hit.lon, lat: hit.lat, name })
  }
  const keys = (event: KeyboardEvent) => {
    const hit = hits[chosen]
    if (event.key === 'ArrowDown') setActive(Math.min(hits.length - 1, chosen + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(typed ? -1 : 0, chosen - 1))
    else if (event.key === 'Enter' && hit) take(hit)
    else if (event.key === 'Escape' && open) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="point-field combo">
      <Icon name="search" size={15} />
      <input
        role="combobox"
        aria-label={t('point.title')}
        aria-expanded={hits.length > 0}
        aria-controls={id}
        aria-activedescendant={hits[chosen] ? `${id}-${chosen}` : undefined}
        placeholder={point ? (point.name ?? `${coordinates(point.lon, point.lat)} WGS-84`) : t('point.hint')}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={keys}
        onChange={(event) => {
          setText(event.target.value)
          setActive(-1)
          setOpen(true)
        }}
      />
      {open && typed && chosen < 0 && <p className="datum-hint">{t('search.choose_datum')}</p>}
      {hits.length > 0 && (
        <ul id={id} role="listbox" aria-label={t('point.title')}>
          {hits.map((hit, i) => (
            <li key={hit.id ?? hit.datum} id={`${id}-${i}`} role="option" aria-selected={i === chosen} onMouseDown={() => take(hit)}>
              <b>{hitName(t, hit)}</b>
              <span>{hitDetail(t, hit)}</span>
              <em>{hit.kind === 'point' ? t('search.point') : word(t, 'kind', hit.kind)}</em>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

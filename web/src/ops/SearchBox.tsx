/** Search over the picture: units, places, counties, coordinates. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useDesk } from '../app/desk'
import { goTo, routeOf } from '../app/sections'
import { focusOn } from '../dispatch/deskState'
import { coordinatesIn, search, type Hit } from '../domain/search'
import { useT } from '../i18n/context'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { shortNumber } from '../domain/cases'
import { hitDetail, hitName } from './hits'
import { askFrom } from './opsState'
import { reveal } from './reveal'

export function SearchBox() {
  const t = useT()
  const { feed, ops, dispatch } = useDesk()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const typed = coordinatesIn(text) !== null
  const hits = open ? search(feed.picture, text) : []

  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || (event.target as HTMLElement).closest('input, textarea')) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', focus)
    return () => window.removeEventListener('keydown', focus)
  }, [])

  function go(hit: Hit) {
    setOpen(false)
    input.current?.blur()
    const asking = routeOf(location.hash) === 'map' && ['nearest', 'rings'].includes(ops.get().tool)
    if (hit.kind === 'point' || (asking && hit.kind !== 'mark')) {
      const name = hit.kind === 'incident' ? t('why.incident', { no: shortNumber(hit.name) }) : hit.name || null
      askFrom(ops, { lon: hit.lon, lat: hit.lat, name })
    } else if (hit.id && hit.kind === 'incident') {
      focusOn(dispatch, { type: 'incident', id: hit.id })
      goTo('dispatch')
    } else if (hit.id && hit.kind !== 'jurisdiction') ops.set({ selected: hit.id })
    reveal(hit.lon, hit.lat, hit.kind === 'jurisdiction' ? 10 : 11)
  }
  function keys(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') setActive(Math.min(hits.length - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(typed ? -1 : 0, active - 1))
    else if (event.key === 'Enter' && hits[active]) go(hits[active])
    else if (event.key === 'Escape') input.current?.blur()
    else return
    event.preventDefault()
  }
  return (
    <div className="search" role="search">
      <Icon name="search" size={17} />
      <input
        ref={input}
        role="combobox"
        aria-expanded={open && text !== ''}
        aria-controls="search-hits"
        aria-label={t('search.hint')}
        placeholder={t('search.hint')}
        value={text}
        onFocus={(event) => {
          // A new question replaces the old one.
          event.currentTarget.select()
          setOpen(true)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={keys}
        onChange={(event) => {
          setText(event.target.value)
          // Coordinates wait until somebody says their datum.
          setActive(coordinatesIn(event.target.value) ? -1 : 0)
        }}
      />
      <kbd>{t('key.search')}</kbd>
      {open && text.trim() !== '' && (
        <ul id="search-hits" role="listbox">
          {hits.length === 0 && <li className="none">{t('search.none')}</li>}
          {typed && active < 0 && <li className="none">{t('search.choose_datum')}</li>}
          {hits.map((hit, i) => (
            <li key={hit.id ?? hit.datum} role="option" aria-selected={i === active} onMouseDown={() => go(hit)} onMouseEnter={() => setActive(i)}>
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

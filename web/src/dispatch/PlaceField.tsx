/** 地点: words for the crew, a point for the machine; by search, by a click on the map, by coordinates of a named datum. */
import { Select } from 'antd'
import { useState, type KeyboardEvent } from 'react'
import { DATUMS, toWgs, type Datum } from '../domain/datum'
import { coordinatesIn, search, type Hit } from '../domain/search'
import { useI18n } from '../i18n/context'
import { coordinates } from '../i18n/format'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { FieldLabel } from './FieldLabel'
import { whereabouts } from './place'
import { useDispatch } from './useDispatch'
import type { Intake } from './useIntake'

const KINDS = new Set(['station', 'facility', 'jurisdiction', 'stockpile'])

export function PlaceField({ intake }: { intake: Intake }) {
  const { t, language } = useI18n()
  const { feed, dispatch } = useDispatch()
  const { picking } = useStore(dispatch)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [typing, setTyping] = useState(false)
  const { draft, locked, update } = intake
  if (!draft) return null
  const known = draft.personalKnown
  const hits = open && draft.address.trim() ? search(feed.picture, draft.address).filter((hit) => KINDS.has(hit.kind)).slice(0, 8) : []
  const take = (hit: Hit) => {
    setOpen(false)
    setActive(-1)
    update({ address: hit.name, place: { lon: hit.lon, lat: hit.lat, source: 'search' } })
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(hits.length - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(-1, active - 1))
    else if (event.key === 'Enter' && hits[Math.max(0, active)]) take(hits[Math.max(0, active)] as Hit)
    else if (event.key === 'Escape' && open && hits.length > 0) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="field">
      <FieldLabel name={t('place.name')} alt={1} htmlFor="place">
        <button type="button" className="link" disabled={Boolean(locked)} aria-pressed={picking} onClick={() => dispatch.set({ picking: !picking })}>
          <Icon name="locate" size={14} /> {t(picking ? 'place.picking' : 'place.pick')}
        </button>
        <button type="button" className="link" disabled={Boolean(locked)} aria-expanded={typing} onClick={() => setTyping(!typing)}>
          {t('place.coordinates')}
        </button>
      </FieldLabel>
      <div className="combo">
        <input
          id="place"
          data-field="1"
          role="combobox"
          autoComplete="off"
          aria-expanded={hits.length > 0}
          aria-controls="place-hits"
          aria-activedescendant={active >= 0 ? `place-hit-${active}` : undefined}
          disabled={Boolean(locked)}
          maxLength={200}
          placeholder={known ? t('place.hint') : t('private.hidden_focus')}
          value={draft.address}
          onFocus={() => {
            void intake.reveal()
            setOpen(true)
          }}
          onBlur={() => setOpen(false)}
          onKeyDown={keys}
          onChange={(event) => {
            setActive(-1)
            setOpen(true)
            if (known) update({ address: event.target.value })
          }}
        />
        {hits.length > 0 && (
          <ul id="place-hits" role="listbox">
            {hits.map((hit, i) => (
              <li key={hit.id ?? i} id={`place-hit-${i}`} role="option" aria-selected={i === Math.max(0, active)} onMouseDown={() => take(hit)}>
                <b>{hit.name}</b>
                <em>{word(t, 'kind', hit.kind)}</em>
              </li>
            ))}
          </ul>
        )}
      </div>
      {typing && !locked && <CoordinateRow onTake={(lon, lat) => update({ place: { lon, lat, source: 'typed' } })} onDone={() => setTyping(false)} />}
      <p className={`place-line ${draft.place ? '' : draft.priority ? 'wanted alarm' : 'wanted'}`}>
        {draft.place ? (
          <>
            <span>
              <b className="number">{coordinates(draft.place.lon, draft.place.lat)}</b> WGS-84 · {whereabouts(t, language, feed.picture, draft.place)}
            </span>
            <em>{t('place.source', { source: t(`place_source.${draft.place.source}`) })}</em>
          </>
        ) : (
          t('place.wanted')
        )}
      </p>
    </div>
  )
}

function CoordinateRow({ onTake, onDone }: { onTake(lon: number, lat: number): void; onDone(): void }) {
  const { t } = useI18n()
  const [text, setText] = useState('')
  const [datum, setDatum] = useState<Datum>('wgs84')
  const point = coordinatesIn(text)
  const take = () => {
    if (!point) return
    const { lon, lat } = toWgs(point, datum)
    onTake(lon, lat)
    onDone()
  }
  return (
    <div className="coordinate-row">
      <input
        aria-label={t('place.coordinates')}
        placeholder={t('place.coordinates_hint')}
        value={text}
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
          if (event.key === 'Escape') onDone()
          if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation()
        }}
      />
      <Select size="small" suffixIcon={<Icon name="down" size={12} />} aria-label={t('place.datum')} value={datum} onChange={setDatum} options={DATUMS.map((value) => ({ value, label: t(`datum.${value}`) }))} />
      <button type="button" className="action small" disabled={!point} onClick={take}>
        {t('place.take')}
      </button>
    </div>
  )
}

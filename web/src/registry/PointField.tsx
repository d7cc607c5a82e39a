/** A place: picked on a small map, or typed in a named datum; WGS-84 inside. */
import { Select } from 'antd'
import { useState } from 'react'
import { DATUMS, toWgs, type Datum, type LonLat } from '../domain/datum'
import { coordinatesIn } from '../domain/search'
import { useT } from '../i18n/context'
import { coordinates } from '../i18n/format'
import { Icon } from '../ui/icons'
import { PointMap } from './PointMap'

interface Props {
  required: boolean
  value: LonLat | null
  onChange(point: LonLat | null): void
}

export function PointField({ required, value, onChange }: Props) {
  const t = useT()
  const [picking, setPicking] = useState(false)
  const [text, setText] = useState('')
  const [datum, setDatum] = useState<Datum>('wgs84')
  const typed = coordinatesIn(text)
  const take = () => {
    if (!typed) return
    onChange(toWgs(typed, datum))
    setText('')
  }
  return (
    <div className="point-field">
      <p>
        {value ? (
          <>
            <b className="number">{coordinates(value.lon, value.lat)}</b> WGS-84
          </>
        ) : (
          <span className="dim">{t(required ? 'place.wanted' : 'registry.follows_home')}</span>
        )}
        <button type="button" className="link" aria-expanded={picking} onClick={() => setPicking(!picking)}>
          <Icon name="locate" size={14} /> {t(picking ? 'registry.map_close' : 'place.pick')}
        </button>
        {value && !required && (
          <button type="button" className="link" onClick={() => onChange(null)}>
            {t('registry.follow_home')}
          </button>
        )}
      </p>
      {picking && <PointMap point={value} onPick={onChange} />}
      <div className="typed">
        <input
          id="field-point"
          aria-label={t('place.coordinates')}
          placeholder={t('place.coordinates_hint')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey) return
            event.preventDefault()
            take()
          }}
        />
        <Select suffixIcon={<Icon name="down" size={12} />} aria-label={t('place.datum')} value={datum} onChange={setDatum} options={DATUMS.map((name) => ({ value: name, label: t(`datum.${name}`) }))} />
        <button type="button" className="action" disabled={!typed} onClick={take}>
          {t('place.take')}
        </button>
      </div>
    </div>
  )
}

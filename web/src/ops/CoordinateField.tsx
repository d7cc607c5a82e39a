/** Coordinates as people type them, with the datum that they say: it is never guessed. */
import { Select } from 'antd'
import { useId, useState } from 'react'
import { DATUMS, toWgs, type Datum } from '../domain/datum'
import { coordinatesIn } from '../domain/search'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'

export function CoordinateField({ onTake }: { onTake(lon: number, lat: number): void }) {
  const t = useT()
  const id = useId()
  const [text, setText] = useState('')
  const [datum, setDatum] = useState<Datum | null>(null)
  const [fault, setFault] = useState('')
  const take = () => {
    const point = coordinatesIn(text)
    if (!point || !datum) return setFault(t(point ? 'point.choose_datum' : 'point.bad'))
    const { lon, lat } = toWgs(point, datum)
    setFault('')
    setText('')
    onTake(lon, lat)
  }
  return (
    <div className="coordinates">
      <input
        className="line-input"
        aria-label={t('place.coordinates')}
        aria-describedby={fault ? id : undefined}
        placeholder={t('point.coordinate_hint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          take()
        }}
      />
      <Select
        size="small"
        suffixIcon={<Icon name="down" size={12} />}
        aria-label={t('place.datum')}
        placeholder={t('place.datum')}
        value={datum}
        onChange={setDatum}
        options={DATUMS.map((value) => ({ value, label: t(`datum.${value}`) }))}
      />
      <button type="button" className="action small" disabled={text.trim() === ''} onClick={take}>
        {t('point.add')}
      </button>
      {fault && (
        <p id={id} className="alarm" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

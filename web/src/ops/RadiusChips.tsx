/** The radii of the rings: the usual ones as switches, any other by typing. */
import { useId, useState } from 'react'
import { MAX_RINGS, radiusIn, toggled, USUAL_KM } from '../domain/radii'
import { useT } from '../i18n/context'

export function RadiusChips({ radii, onChange }: { radii: readonly number[]; onChange(radii: number[]): void }) {
  const t = useT()
  const id = useId()
  const [text, setText] = useState('')
  const [fault, setFault] = useState(false)
  const offered = [...new Set([...USUAL_KM, ...radii])].sort((a, b) => a - b)
  const add = () => {
    const km = radiusIn(text)
    setFault(km === null)
    if (km === null) return
    setText('')
    if (!radii.includes(km)) onChange(toggled(radii, km))
  }
  return (
    <div className="radii" role="group" aria-label={t('rings.radii')}>
      <div className="segments wrap">
        {offered.map((km) => (
          <button key={km} type="button" aria-pressed={radii.includes(km)} onClick={() => onChange(toggled(radii, km))}>
            {km} km
          </button>
        ))}
        <input
          className="line-input"
          inputMode="decimal"
          aria-label={t('rings.add')}
          aria-invalid={fault}
          aria-describedby={fault ? id : undefined}
          placeholder={t('rings.add')}
          disabled={radii.length >= MAX_RINGS}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setFault(false)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
      </div>
      {fault && (
        <p id={id} className="alarm" role="alert">
          {t('rings.bad')}
        </p>
      )}
    </div>
  )
}

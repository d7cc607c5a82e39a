/** Pieces every card is made of. */
import type { ReactNode } from 'react'
import { useDesk } from '../app/desk'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'
import type { MapRef } from './mapRef'
import type { QueryPoint } from './opsState'

interface HeadProps {
  icon: ReactNode
  name: string
  tag?: string
  detail: readonly string[]
  onClose(): void
}

export function CardHead({ icon, name, tag, detail, onClose }: HeadProps) {
  const t = useT()
  return (
    <header className="card-head">
      <span className="card-icon">{icon}</span>
      <div>
        <h2>
          {name}
          {tag && <em>{tag}</em>}
        </h2>
        <p>
          {detail.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </p>
      </div>
      <button type="button" className="close" aria-label={t('card.close')} onClick={onClose}>
        <Icon name="close" size={16} />
      </button>
    </header>
  )
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function Chips({ name, words, quiet }: { name: string; words: readonly string[]; quiet?: boolean }) {
  if (words.length === 0) return null
  return (
    <Fact name={name}>
      <span className={`chips ${quiet ? 'quiet' : ''}`}>
        {words.map((text) => (
          <i key={text}>{text}</i>
        ))}
      </span>
    </Fact>
  )
}

/** Asks the map's questions from where this thing stands. */
export function PointActions({ point, mapRef, children }: { point: QueryPoint; mapRef: MapRef; children?: ReactNode }) {
  const t = useT()
  const { ops } = useDesk()
  const ask = (showNearest: boolean, showRings: boolean) => {
    ops.set({ point, showNearest, showRings, ranked: [] })
    mapRef.current?.reveal(point.lon, point.lat)
  }
  return (
    <div className="actions">
      {children}
      <button type="button" className="action" onClick={() => ask(true, true)}>
        {t('card.near')}
      </button>
      <button type="button" className="action" onClick={() => mapRef.current?.reveal(point.lon, point.lat, 12)}>
        {t('card.locate')}
      </button>
    </div>
  )
}

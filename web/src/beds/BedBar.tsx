/** Beds of a pool as a bar: occupied, held, free; dashed while only convertible. */
import type { BedPool } from '../api/types'
import { freeBeds } from '../domain/places'
import { useT } from '../i18n/context'

export function BedBar({ pool }: { pool: BedPool }) {
  const t = useT()
  const free = freeBeds(pool)
  const parts = { occupied: pool.occupied, held: pool.held, free }
  return (
    <span className={`bed-bar ${pool.staffed === 0 ? 'none' : ''}`} role="img" aria-label={t('beds.bar', { o: pool.occupied, h: pool.held, f: free })}>
      {(['occupied', 'held', 'free'] as const).map((part) => (parts[part] > 0 ? <i key={part} className={`bed-part ${part}`} style={{ flexGrow: parts[part] }} /> : null))}
    </span>
  )
}

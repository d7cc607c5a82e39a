/** Whose map this is, with the approval numbers, and whether the configured base map gives anything. */
import { useSyncExternalStore } from 'react'
import { useDesk } from '../app/desk'
import { useT } from '../i18n/context'

const NEVER = () => () => undefined

export function MapSource({ name = 'map-source' }: { name?: string }) {
  const t = useT()
  const { base } = useDesk()
  const source = useMapSource()
  const absent = useSyncExternalStore(base?.health.on ?? NEVER, () => base?.health.absent ?? false)
  return (
    <div className={base ? `${name} plated` : name}>
      {absent && (
        <span className="base-absent" role="status">
          {t('map.base_absent')}
        </span>
      )}
      {source}
    </div>
  )
}

/** The packaged boundaries are always drawn and always named; the operator's map is named beside them. */
export function useMapSource(): string {
  const t = useT()
  const { base } = useDesk()
  return [base?.attribution, t('map.attribution')].filter(Boolean).join(' · ')
}

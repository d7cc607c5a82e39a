/** An order that nobody has received yet, and for how long; red when the centre begins to worry. */
import { useT } from '../../i18n/context'
import { timer } from '../../i18n/format'
import { useNow } from './context'

/** The centre is told after this. */
const LATE_MS = 60_000

export function NewOrder({ at }: { at: number }) {
  const t = useT()
  const { world } = useNow()
  const late = world - at >= LATE_MS
  return (
    <p className={`crew-new ${late ? 'is-late' : ''}`} role="alert">
      <span>{t(late ? 'crew.unreceived' : 'crew.new_order')}</span>
      <span aria-hidden="true">{timer(world - at)}</span>
    </p>
  )
}

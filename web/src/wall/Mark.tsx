/** Met, near or missed: a shape first, then a colour. */
import { useT } from '../i18n/context'

export function StateMark({ state }: { state: 'met' | 'near' | 'missed' | 'none' }) {
  const t = useT()
  if (state === 'none') return <i className="state-mark" aria-hidden="true" />
  const paths = { met: 'M7 12.500l3.500 3.500L17 8.500', near: 'M12 6.500v7M12 16.700v.600', missed: 'M8.500 8.500l7 7M15.500 8.500l-7 7' }
  return (
    <svg className={`state-mark ${state}`} viewBox="0 0 24 24" role="img" aria-label={t(`kpi_state.${state}`)}>
      <circle cx="12" cy="12" r="10" />
      <path d={paths[state]} />
    </svg>
  )
}

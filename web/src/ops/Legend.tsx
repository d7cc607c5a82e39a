/** What the fills and corner marks mean. */
import { UNIT_STATUSES } from '../api/types'
import { useT } from '../i18n/context'
import { unitSymbol } from '../map/symbols/units'
import { usePalette } from '../theme/context'
import { Symbol } from '../ui/Symbol'

export function Legend() {
  const t = useT()
  const palette = usePalette()
  return (
    <section className="legend" aria-label={t('legend.title')}>
      <h3>{t('legend.title')}</h3>
      <ul>
        {UNIT_STATUSES.map((status) => (
          <li key={status}>
            <Symbol symbol={unitSymbol(palette, { kind: 'ambulance', status, heading: 45 })} size={24} half={19} />
            {t(`unit.${status}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}

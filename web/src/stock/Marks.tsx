/** How many items of a site are out, low or expiring. */
import { useT } from '../i18n/context'

export function Marks({ out, low, expiring }: { out: number; low: number; expiring: number }) {
  const t = useT()
  const marks = { out, low, expiring }
  return (
    <em className="stock-marks">
      {(['out', 'low', 'expiring'] as const).map((name) =>
        marks[name] > 0 ? (
          <i key={name} className={`stock-state ${name}`}>
            {t(`stock.${name}`)} {marks[name]}
          </i>
        ) : null,
      )}
    </em>
  )
}

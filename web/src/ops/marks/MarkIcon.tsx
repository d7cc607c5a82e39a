/** The board of a mark, as it stands on the map. */
import type { MarkType } from '../../api/marks'
import { markFlag } from '../../map/symbols/marks'
import { dark } from '../../theme/tokens'
import { useGlyphs } from '../../ui/glyphs'
import { Symbol } from '../../ui/Symbol'

export function MarkIcon({ type, size = 30 }: { type: MarkType; size?: number }) {
  const glyphs = useGlyphs()
  return (
    <span className="mark-icon">
      <Symbol symbol={markFlag(dark, glyphs.mark(type), type === 'hazard_zone', false)} size={size} half={19} />
    </span>
  )
}

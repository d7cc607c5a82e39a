/** Whose phone it is, in what state the unit is, whether the centre sees where it is. */
import { useT } from '../../i18n/context'
import { age } from '../../i18n/format'
import { word, type Translate } from '../../i18n/translate'
import { unitSymbol } from '../../map/symbols/units'
import { palettes } from '../../theme/tokens'
import { Symbol } from '../../ui/Symbol'
import type { ShareState } from '../positions/share'
import type { CrewView } from '../types'
import { CrewIcon } from './CrewIcon'
import { useNow, useScene, useShare } from './context'

interface Props {
  view: CrewView
  onMenu(): void
  onPosition(): void
}

/** A phone that has not seen the sky for so long has lost it. */
const OLD_MS = 60_000

export function Header({ view, onMenu, onPosition }: Props) {
  const t = useT()
  const { unit } = view
  const { standing, status } = useScene(view)
  const share = useShare()
  const { phone } = useNow()
  const negative = unit.kind === 'ambulance' && unit.class === 'C'
  const symbol = unitSymbol(palettes.dark, { kind: unit.kind, status, negative: negative ? t('glyph.negative') : undefined })
  return (
    <header className="crew-header">
      <Symbol symbol={symbol} size={40} half={20} />
      <h1>
        {unit.name}
        {negative && !unit.name.includes(t('class_short.C')) && <span className="crew-chip">{t('class_short.C')}</span>}
      </h1>
      <button type="button" className="crew-square" aria-label={t('crew.menu')} onClick={onMenu}>
        <CrewIcon name="menu" />
      </button>
      <div className="crew-state">
        <p>{standing ? word(t, 'crew.now', standing.status) : word(t, 'unit', status)}</p>
        <button type="button" className={`crew-position is-${share.phase}`} onClick={onPosition}>
          <CrewIcon name={share.phase === 'on' ? 'target' : 'warning'} size={20} />
          {positionWord(t, share, phone)}
        </button>
      </div>
    </header>
  )
}

function positionWord(t: Translate, share: ShareState, phone: number): string {
  if (share.phase !== 'on') return word(t, 'crew.position', share.phase)
  if (phone - share.seenAt > OLD_MS) return t('crew.position_old', { age: age(t, share.seenAt, phone) })
  return t('crew.position_on', { m: Math.max(1, Math.round(share.accuracy ?? 0)) })
}

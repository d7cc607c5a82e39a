/** What becomes of the phone's position, and how to switch it. */
import { useState } from 'react'
import { useT } from '../../i18n/context'
import { coordinates } from '../../i18n/format'
import { word } from '../../i18n/translate'
import { useCrew, useShare } from '../screen/context'
import { Sheet } from './Sheet'

export function PositionSheet({ onClose }: { onClose(): void }) {
  const t = useT()
  const { desk } = useCrew()
  const share = useShare()
  const [wanted, setWanted] = useState(desk.wantsPosition)
  const set = (on: boolean) => {
    setWanted(on)
    desk.setWantsPosition(on)
  }
  return (
    <Sheet title={t('crew.position_title')} onClose={onClose}>
      <p>
        <b>{word(t, 'crew.position', share.phase)}</b>
      </p>
      <p>{word(t, 'crew.position_hint', share.phase === 'off' && wanted ? 'off_duty' : share.phase)}</p>
      {share.fix && <p className="crew-quiet">{coordinates(share.fix.lon, share.fix.lat)} WGS-84</p>}
      <p className="crew-quiet">{t('crew.position_why')}</p>
      <button type="button" className={`crew-button is-wide ${wanted && share.phase !== 'denied' ? '' : 'is-strong'}`} onClick={() => set(share.phase === 'denied' ? true : !wanted)}>
        {t(share.phase === 'denied' ? 'crew.position_again' : wanted ? 'crew.position_stop' : 'crew.position_start')}
      </button>
    </Sheet>
  )
}

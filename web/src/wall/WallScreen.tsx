/** 大屏: the whole picture at a glance, from afar; nothing scrolls, nothing moves by itself. */
import { useEffect } from 'react'
import { useDesk } from '../app/desk'
import { Watermark } from '../drill/Watermark'
import { useT } from '../i18n/context'
import { AmbulancePanel } from './AmbulancePanel'
import { BedsPanel } from './BedsPanel'
import { CasesPanel } from './CasesPanel'
import { EventsBand } from './EventsBand'
import { KpiPanel } from './KpiPanel'
import { ReadinessPanel } from './ReadinessPanel'
import { StockPanel } from './StockPanel'
import { WallMap } from './WallMap'
import { WallTitle } from './WallTitle'
import './wall.css'
import './wallPanels.css'

export function WallScreen() {
  const t = useT()
  const { feed, world } = useDesk()
  useEffect(() => {
    Object.assign(window, { chiyuan: { ...(window as { chiyuan?: object }).chiyuan, feed } })
  }, [feed])
  return (
    <div className="wall">
      <WallTitle />
      <main className="wall-body" aria-label={t('nav.wall')}>
        <div className="wall-column">
          <AmbulancePanel />
          <KpiPanel />
          <ReadinessPanel />
        </div>
        <div className="wall-middle">
          <EventsBand />
          <WallMap />
        </div>
        <div className="wall-column">
          <BedsPanel />
          <StockPanel />
          <CasesPanel />
        </div>
        {world.kind === 'drill' && <Watermark />}
      </main>
    </div>
  )
}

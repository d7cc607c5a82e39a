/** What no section may leave out: the drill's band and frame, the strip of a picture that stands still, the log-in watch. */
import { useEffect, type ReactNode } from 'react'
import { switchWorld } from '../actions/switchWorld'
import { useT } from '../i18n/context'
import { useWallScale } from '../wall/scale'
import { useDesk } from './desk'
import { DrillBand } from './DrillBand'
import { DrillClockWatch } from './DrillClockWatch'
import { useFreshness } from './freshness'
import { OfflineStrip } from './OfflineStrip'
import type { Route } from './sections'
import { SignedOutWatch } from './SignedOutWatch'
import { TopBar } from './TopBar'

export function Shell({ route, children }: { route: Route; children: ReactNode }) {
  const { world } = useDesk()
  const { state } = useFreshness()
  const scale = useWallScale()
  const drill = world.kind === 'drill'
  const onWall = route === 'wall'
  usePageTitle(drill, onWall)
  return (
    <div className={onWall ? 'wall-stage' : 'stage'}>
      <div className={`shell ${world.kind} ${onWall ? 'on-wall' : ''}`} data-fresh={state} style={onWall ? { zoom: scale } : undefined}>
        {drill && <DrillBand />}
        {!onWall && <TopBar onWorld={switchWorld} />}
        <OfflineStrip />
        <SignedOutWatch />
        {drill && <DrillClockWatch />}
        {children}
        {drill && <div className="drill-frame" aria-hidden="true" />}
      </div>
    </div>
  )
}

function usePageTitle(drill: boolean, onWall: boolean): void {
  const t = useT()
  useEffect(() => {
    const name = onWall ? `${t('app.name')} ${t('nav.wall')}` : t('app.name')
    document.title = drill ? `${t('drill.title_mark')} · ${name}` : name
    document.getElementById('favicon')?.setAttribute('href', drill ? '/favicon-drill.svg' : '/favicon.svg')
  }, [drill, onWall, t])
}

/** Right panel: the card of what is selected, the ranked list, or what needs attention; a drawer on narrow screens. */
import { useEffect } from 'react'
import { useDesk } from '../app/desk'
import type { Entity, Placed } from '../api/types'
import { isUnit } from '../domain/units'
import { useT } from '../i18n/context'
import { useFeed } from '../ui/hooks'
import { useStore } from '../ui/store'
import { Attention } from './Attention'
import type { MapRef } from './mapRef'
import { NearestPanel } from './NearestPanel'
import { PlaceCard } from './PlaceCard'
import { DrawPanel } from './marks/DrawPanel'
import { MarkCard } from './marks/MarkCard'
import { MarkList } from './marks/MarkList'
import { UnitCard } from './UnitCard'

export function SidePanel({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, ops } = useDesk()
  const { selected, point, showNearest, side, tool } = useStore(ops)
  useFeed(feed, 'entities', 200)
  const entity = selected ? feed.picture.get(selected) : undefined
  const drawing = tool === 'draw'
  const near = !drawing && point && showNearest
  // What somebody asked for must not stay behind the edge of a narrow screen.
  useEffect(() => {
    if (selected || point || drawing) ops.set({ side: true })
  }, [ops, selected, point, drawing])
  return (
    <>
      <button type="button" className="side-handle" aria-expanded={side} onClick={() => ops.set({ side: !side })}>
        {t('side.open')}
      </button>
      <aside className={`panel side ${side ? 'open' : ''}`}>
        {drawing && <DrawPanel mapRef={mapRef} />}
        {entity && <Card key={entity.id} entity={entity} mapRef={mapRef} />}
        {near && <NearestPanel point={point} mapRef={mapRef} />}
        {!drawing && !entity && !near && (
          <>
            <p className="hint">{t('near.hint')}</p>
            <Attention mapRef={mapRef} />
          </>
        )}
        {!drawing && !entity && near && <Attention mapRef={mapRef} />}
        <MarkList mapRef={mapRef} />
      </aside>
    </>
  )
}

function Card({ entity, mapRef }: { entity: Entity; mapRef: MapRef }) {
  if (entity.kind === 'mark') return <MarkCard mark={entity} mapRef={mapRef} />
  if (isUnit(entity)) return <UnitCard unit={entity} mapRef={mapRef} />
  return 'lon' in entity ? <PlaceCard place={entity as Placed & Entity} mapRef={mapRef} /> : null
}

/** The edge of the desk: the map, and the panel that lies over it. */
import type { Candidate } from '../api/dispatch'
import type { Incident } from '../api/cases'
import { Watermark } from '../drill/Watermark'
import { useT } from '../i18n/context'
import type { MapRef } from '../ops/mapRef'
import { useStore } from '../ui/store'
import { BedsPanel } from './BedsPanel'
import { DeskMap } from './DeskMap'
import { HandoverPanel, offersTo } from './HandoverPanel'
import { KeysPanel } from './KeysPanel'
import { ShiftPanel } from './ShiftPanel'
import { useDispatch } from './useDispatch'

interface Props {
  mapRef: MapRef
  incident: Incident | null
  candidates: readonly Candidate[]
  placeAt(lon: number, lat: number): void
  now: number
}

export function DeskEdge({ mapRef, incident, candidates, placeAt, now }: Props) {
  const t = useT()
  const { feed, dispatch, me, world } = useDispatch()
  const { panel } = useStore(dispatch)
  const offers = offersTo(feed.picture, me)
  return (
    <div className="desk-edge">
      <DeskMap mapRef={mapRef} candidates={candidates} placeAt={placeAt} />
      {offers.length > 0 && panel !== 'handover' && (
        <button type="button" className="offer" onClick={() => dispatch.set({ panel: 'handover' })}>
          {t('handover.offer_waits', { n: offers.length })}
        </button>
      )}
      {panel === 'handover' && <HandoverPanel now={now} />}
      {panel === 'shifts' && <ShiftPanel now={now} />}
      {panel === 'keys' && <KeysPanel />}
      {panel === 'beds' && <BedsPanel key={incident?.id} incident={incident} now={now} />}
      {world.kind === 'drill' && <Watermark />}
    </div>
  )
}

/** Maps outlive the sections that show them: out of sight they rest, back in sight they go on where they were. */
import type { MapView } from './mapView'

export class MapKeep {
  private readonly maps = new Map<string, { box: HTMLElement; view: MapView }>()

  /** The map of this name in this box, awake; made at the first time. */
  take(name: string, box: HTMLElement, make: () => MapView): MapView {
    const kept = this.maps.get(name)
    if (kept?.box === box) {
      kept.view.wake()
      return kept.view
    }
    kept?.view.destroy()
    const view = make()
    this.maps.set(name, { box, view })
    return view
  }

  destroy(): void {
    for (const { view } of this.maps.values()) view.destroy()
    this.maps.clear()
  }
}

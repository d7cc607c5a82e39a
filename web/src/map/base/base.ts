/** The operator's base map as the map object draws it. */
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import type { Palette } from '../../theme/tokens'
import type { Health } from './health'
import type { TileId } from './shift'

/** Scheme of tile addresses that are answered here and not by the network. */
export const SCHEME = 'chiyuan'

/** One source of tiles: what MapLibre knows of it, and how a tile of it is made. */
export interface BaseSource {
  spec: SourceSpecification
  tile(id: TileId, signal: AbortSignal): Promise<ImageBitmap | ArrayBuffer | null>
}

export interface Drawn {
  /** Over the packaged ground, under its boundaries. */
  ground(p: Palette): LayerSpecification[]
  /** Under the names of the packaged base. */
  names(p: Palette, english: boolean): LayerSpecification[]
}

/** What MapLibre takes for a tile that is not there: it draws the coarser one, and complains to nobody. */
const NOT_THERE = Object.assign(new Error('no such tile'), { status: 404 })

export class Base {
  constructor(
    /** Whose map it is and its approval number; null if the operator said nothing. */
    readonly attribution: string | null,
    readonly health: Health,
    private readonly parts: Readonly<Record<string, BaseSource>>,
    readonly drawn: Drawn,
  ) {}

  get sources(): Record<string, SourceSpecification> {
    return Object.fromEntries(Object.entries(this.parts).map(([name, { spec }]) => [name, spec]))
  }

  /** Answers MapLibre's request for `chiyuan://SOURCE/Z/X/Y`. */
  readonly answer = async (url: string, signal: AbortSignal): Promise<{ data: ImageBitmap | ArrayBuffer }> => {
    const [name = '', ...numbers] = url.slice(`${SCHEME}://`.length).split('/')
    const [z = 0, x = 0, y = 0] = numbers.map(Number)
    const part = this.parts[name]
    signal.throwIfAborted()
    const data = part ? await this.health.ask((within) => part.tile({ z, x, y }, within)).catch(() => null) : null
    if (data) return { data }
    if (part?.spec.type === 'vector') return { data: new ArrayBuffer(0) }
    throw NOT_THERE
  }

  /** Asks a map for what was missed, whenever the source answers again; returns how to stop. */
  keepFresh(map: { refreshTiles(source: string): void; getSource(source: string): unknown }): () => void {
    return this.health.onBack(() => {
      for (const name of Object.keys(this.parts)) if (map.getSource(name)) map.refreshTiles(name)
    })
  }
}

/** The map as the screens know it: imperative, one object, no framework inside. */
import * as maplibregl from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Position } from '../domain/geodesy'
import { openMarks } from '../domain/marks'
import type { FeedStore } from '../feed/store'
import { FONT_CHINESE, type Palette } from '../theme/tokens'
import { Atlas } from './fleet/atlas'
import type { Node } from './fleet/model'
import { Motions } from './fleet/motion'
import { Overlay, type Instance } from './fleet/overlay'
import { PickIndex } from './fleet/pick'
import { buildScene } from './fleet/scene'
import { instances, type Glyphs } from './fleet/sprites'
import { LabelLayer, type Chip } from './labels'
import { screenRatio } from './ratio'
import { linkFeatures, markFeatures, ringFeatures, sketchFeatures, type Collection, type LonLat } from './drawn'
import { mercatorX, mercatorY, ring } from './mercator'
import { Pen } from './pen'
import { photo } from './photo'
import { SCHEME } from './base/base'
import { baseStyle, type PlaceNames } from './style'
import type { MapEvents, MapOptions, View, ViewSettings } from './settings'
import { queryPin } from './symbols/marks'

maplibregl.setWorkerUrl(workerUrl)

/** Symbols are 26 px on the map, drawn in a 24 px body. */
const BODY_SCALE = 26 / 24
const FRAME_MS = 100
const REBUILD_MS = 200
const REFRESH_MS = 1_000
/** Room for the floats over the map, px. */
const PADDING = { top: 70, bottom: 50, left: 60, right: 80 }
/** Rings of so many centres have no chips: they would cover each other. */
const MAX_CHIPPED = 3

export type { Link } from './drawn'

export type { MapEvents, MapOptions, View, ViewSettings } from './settings'

export class MapView {
  private readonly map: maplibregl.Map
  private readonly atlas: Atlas
  private readonly overlay: Overlay
  private readonly labels: LabelLayer
  private readonly motions: Motions
  private readonly unsubscribe: (() => void)[] = []
  private nodes: Node[] = []
  private matrix: Float64Array | null = null
  private names: PlaceNames | null
  private settings: ViewSettings = {
    hidden: new Set(),
    bedProperty: null,
    unitFilter: 'all',
    selected: null,
    ranks: new Map(),
    marks: true,
    point: null,
    centres: [],
    rings: [],
    pin: true,
    links: [],
    sketch: null,
    figure: () => null,
  }
  private hover: string | null = null
  private sceneDirty = true
  private paintDirty = true
  private builtAt = 0
  private drawnAt = 0
  private frame = 0
  private seen: unknown = null
  /** Out of sight: nothing is drawn and no fix is followed. */
  private resting = false
  /** MapLibre's own would shrink a hidden map to nothing. */
  private readonly sizes = new ResizeObserver(() => this.refit())
  private readonly pen = new Pen()
  private shownMarks = ''

  constructor(
    private readonly container: HTMLElement,
    private readonly feed: FeedStore,
    private palette: Palette,
    private glyphs: Glyphs,
    private readonly events: MapEvents,
    start: View,
    private readonly ownCentre: string | null,
    private readonly options: MapOptions = {},
  ) {
    const { still = false, scale = 1, base = null } = options
    const ratio = screenRatio(container)
    this.names = options.names ?? null
    this.atlas = new Atlas(BODY_SCALE * scale, ratio)
    this.overlay = new Overlay(this.atlas)
    this.motions = new Motions(window.matchMedia('(prefers-reduced-motion: reduce)').matches)
    this.labels = new LabelLayer(palette, scale)
    this.map = new maplibregl.Map({
      container,
      style: baseStyle(palette, ownCentre, this.names, scale, base),
      interactive: !still,
      pixelRatio: ratio,
      center: [start.lon, start.lat],
      zoom: start.zoom,
      minZoom: 3,
      maxZoom: 17,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      renderWorldCopies: false,
      localIdeographFontFamily: FONT_CHINESE,
      fadeDuration: 0,
      trackResize: false,
    })
    this.map.touchZoomRotate.disableRotation()
    if (base) {
      maplibregl.addProtocol(SCHEME, ({ url }, { signal }) => base.answer(url, signal))
      this.unsubscribe.push(base.keepFresh(this.map))
    }
    this.map.getCanvasContainer().append(this.overlay.canvas, this.labels.canvas)
    this.map.on('load', () => this.map.addLayer(this.tap()))
    this.map.on('resize', () => {
      const now = screenRatio(container)
      if (now !== this.map.getPixelRatio()) this.map.setPixelRatio(now)
    })
    this.wire()
    this.sizes.observe(container)
    this.loop()
  }

  set(settings: Partial<ViewSettings>): void {
    this.settings = { ...this.settings, ...settings }
    const { rings, links } = this.settings
    if (settings.point !== undefined || settings.rings || settings.centres) this.show('rings', ringFeatures(this.centres(), rings))
    if (settings.links) this.show('links', linkFeatures(links))
    if (settings.sketch !== undefined) this.sketchChanged()
    this.sceneDirty = true
  }

  /** What a reader says of the canvas; MapLibre's own word is English. */
  setLabel(text: string): void {
    this.map.getCanvas().setAttribute('aria-label', text)
  }

  setPalette(palette: Palette): void {
    if (palette === this.palette) return
    this.palette = palette
    this.labels.setPalette(palette)
    this.atlas.clear()
    this.sceneDirty = true
    this.restyle()
  }

  /** The language of the base map. */
  setNames(names: PlaceNames | null): void {
    if (names === this.names) return
    this.names = names
    this.restyle()
  }

  private restyle(): void {
    if (!this.map.getLayer('out')) {
      this.map.once('load', () => this.restyle())
      return
    }
    for (const layer of baseStyle(this.palette, this.ownCentre, this.names, this.options.scale, this.options.base).layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, name as never, value as never)
      if (layer.type === 'symbol') this.map.setLayoutProperty(layer.id, 'text-field', layer.layout?.['text-field'])
    }
  }

  setGlyphs(glyphs: Glyphs): void {
    if (glyphs === this.glyphs) return
    this.glyphs = glyphs
    this.atlas.clear()
    this.sceneDirty = true
  }

  fit(bounds: [number, number, number, number], animate: boolean, padding = PADDING): void {
    this.map.fitBounds(bounds, { padding, animate: animate && !this.still(), duration: 600, maxZoom: 13 })
  }

  /** Pans only if the place is outside the padded view. */
  reveal(lon: number, lat: number, zoom?: number): void {
    const { x, y } = this.map.project([lon, lat])
    const { clientWidth: w, clientHeight: h } = this.container
    const inside = x > 60 && y > 60 && x < w - 90 && y < h - 60
    if (inside && (zoom === undefined || this.map.getZoom() >= zoom)) return
    const target = { center: [lon, lat] as [number, number], zoom: Math.max(zoom ?? 0, this.map.getZoom()) }
    if (this.still()) this.map.jumpTo(target)
    else this.map.easeTo({ ...target, duration: 500 })
  }

  /** Zooms to what a count stands for. */
  openCluster(node: Node): void {
    const { lon, lat } = this.whereIs(node)
    const now = this.map.getZoom()
    const zoom = now < 7.4 ? 8 : Math.max(9.6, now + 1.5)
    if (this.still()) this.map.jumpTo({ center: [lon, lat], zoom })
    else this.map.easeTo({ center: [lon, lat], zoom, duration: 500 })
  }

  whereIs(node: Node): { lon: number; lat: number } {
    const { lng, lat } = new maplibregl.MercatorCoordinate(node.at.x, node.at.y, 0).toLngLat()
    return { lon: lng, lat }
  }

  zoomBy(step: number): void {
    this.map.zoomTo(this.map.getZoom() + step, { duration: this.still() ? 0 : 200 })
  }

  /** False where the machine has no WebGL2 (or lost it): symbols cannot be drawn. */
  get drawing(): boolean {
    return this.overlay.ready
  }

  /** West, south, east, north of the view. */
  bounds(): [number, number, number, number] {
    const b = this.map.getBounds()
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]
  }

  centre(): View {
    const { lng, lat } = this.map.getCenter()
    return { lon: lng, lat, zoom: this.map.getZoom() }
  }

  rest(): void {
    this.resting = true
    cancelAnimationFrame(this.frame)
    this.map.stop()
  }

  wake(): void {
    if (!this.resting) return
    this.resting = false
    this.refit()
    this.takeFixes()
    this.loop()
  }

  jump({ lon, lat, zoom }: View): void {
    this.map.jumpTo({ center: [lon, lat], zoom })
  }

  /** What is shown now, in device pixels. */
  photo(): Promise<HTMLCanvasElement> {
    return photo(this.map, () => this.paint(), [this.overlay.canvas, this.labels.canvas])
  }

  onMoved(listener: () => void): () => void {
    const { unsubscribe } = this.map.on('moveend', listener)
    return unsubscribe
  }

  destroy(): void {
    cancelAnimationFrame(this.frame)
    this.sizes.disconnect()
    for (const off of this.unsubscribe) off()
    this.map.remove()
    this.overlay.destroy()
  }

  private refit(): void {
    const { clientWidth: w, clientHeight: h } = this.container
    const canvas = this.map.getCanvas()
    if (w > 0 && h > 0 && (canvas.clientWidth !== w || canvas.clientHeight !== h)) this.map.resize()
    this.sceneDirty = true
  }

  private still(): boolean {
    return window.matchMedia('(prefers-reduced-motion: reduce)').matches
  }

  private wire(): void {
    const { map } = this
    map.on('move', () => {
      this.paintDirty = true
    })
    map.on('zoom', () => {
      this.sceneDirty = true
    })
    map.on('moveend', () => {
      this.sceneDirty = true
      this.events.moved(this.centre())
    })
    if (this.options.still) return this.listen()
    map.on('click', (event) => {
      if (this.settings.sketch) return this.clickSketch(event.point, [event.lngLat.lng, event.lngLat.lat])
      const node = this.pick(event.point)
      if (node) this.events.pick(node)
      else this.events.ground(event.lngLat.lng, event.lngLat.lat)
    })
    map.on('dblclick', () => this.settings.sketch && this.events.finish?.())
    map.on('mousemove', (event) => {
      if (this.settings.sketch) this.moveCursor([event.lngLat.lng, event.lngLat.lat])
      else this.setHover(this.pick(event.point)?.id ?? null)
    })
    map.on('mouseout', () => this.moveCursor(null))
    this.listen()
  }

  private listen(): void {
    this.unsubscribe.push(
      this.feed.on('entities', () => {
        this.sceneDirty = true
      }),
      this.feed.on('fixes', (ids) => this.takeFixes(ids)),
    )
    this.takeFixes()
  }

  private takeFixes(ids?: string[]): void {
    if (this.resting) return
    const { picture } = this.feed
    if (this.seen !== picture) {
      this.seen = picture
      ids = undefined
    }
    const now = this.overlay.now()
    for (const id of ids ?? picture.fixes.keys()) {
      const fix = picture.fixes.get(id)
      if (fix) this.motions.take(id, fix, now)
    }
    this.sceneDirty = true
  }

  /** A layer that draws nothing: it hands us the matrix of every map frame. */
  private tap(): maplibregl.CustomLayerInterface {
    return {
      id: 'fleet-tap',
      type: 'custom',
      renderingMode: '2d',
      render: (_gl, args) => {
        this.matrix = Float64Array.from(args.defaultProjectionData.mainMatrix as ArrayLike<number>)
        this.paint()
      },
    }
  }

  private loop(): void {
    this.frame = requestAnimationFrame(() => this.loop())
    const now = this.overlay.now()
    if (now - this.drawnAt < (this.options.still ? REFRESH_MS : FRAME_MS)) return
    const due = now - this.builtAt > REFRESH_MS || (this.sceneDirty && now - this.builtAt > REBUILD_MS)
    if (due) this.rebuild(now)
    if (due || this.paintDirty || this.motions.moving(this.drawnAt)) this.paint()
  }

  private rebuild(now: number): void {
    if (!this.matrix) return
    this.sceneDirty = false
    this.builtAt = now
    const settings = { ...this.settings, zoom: this.map.getZoom(), now: this.feed.clock.now() }
    this.nodes = buildScene(this.feed.picture, this.motions, settings)
    for (const node of this.nodes) if (node.id === this.hover && node.look.type !== 'cluster') node.label = 0
    const sprites = instances(this.nodes, this.atlas, this.palette, this.glyphs)
    this.overlay.upload([...this.pin(), ...sprites])
    this.drawMarks()
    const { clientWidth, clientHeight } = this.container
    this.labels.arrange(this.nodes, now, (x, y) => this.project(x, y), clientWidth, clientHeight)
  }

  private paint(): void {
    if (!this.matrix || this.resting) return
    const { clientWidth: w, clientHeight: h } = this.container
    const now = this.overlay.now()
    this.drawnAt = now
    this.paintDirty = false
    this.overlay.draw(this.matrix, w, h)
    this.labels.draw(now, (x, y) => this.project(x, y), w, h, this.chips())
  }

  private pin(): Instance[] {
    const { point } = this.settings
    if (!point || !this.settings.pin) return []
    const [x, y] = [mercatorX(point.lon), mercatorY(point.lat)]
    const sprite = this.atlas.sprite('pin', () => queryPin(this.palette))
    return [{ x, y, px: x, py: y, start: 0, span: 0, dx: 0, dy: 0, rotate: 0, sprite }]
  }

  private chips(): Chip[] {
    const centres = this.centres()
    const chipped = centres.length <= MAX_CHIPPED ? centres : []
    const chips = chipped.flatMap((centre) =>
      this.settings.rings.map((metres) => {
        const [lon, lat] = ring(centre.lon, centre.lat, metres)[16] ?? [centre.lon, centre.lat]
        return { x: mercatorX(lon), y: mercatorY(lat), text: `${metres / 1000} km` }
      }),
    )
    const { cursor } = this.pen
    const figure = cursor && this.settings.figure(cursor)
    return cursor && figure ? [...chips, { x: mercatorX(cursor[0]), y: mercatorY(cursor[1]), text: figure, below: true }] : chips
  }

  private centres(): readonly LonLat[] {
    const { centres, point } = this.settings
    return centres.length > 0 ? centres : point ? [point] : []
  }

  private show(name: 'rings' | 'links' | 'marks' | 'sketch', data: Collection): void {
    const source = this.map.getSource<maplibregl.GeoJSONSource>(name)
    if (source) void source.setData(data)
    else this.map.once('load', () => this.show(name, data))
  }

  private drawMarks(): void {
    const { selected, marks } = this.settings
    const open = marks ? openMarks(this.feed.picture) : []
    const shown = [selected, ...open.map((mark) => `${mark.id}/${mark.version}`)].join()
    if (shown === this.shownMarks) return
    this.shownMarks = shown
    this.show('marks', markFeatures(open, selected))
  }

  private sketchChanged(): void {
    const { sketch } = this.settings
    this.pen.take(sketch)
    this.map.doubleClickZoom[sketch ? 'disable' : 'enable']()
    this.map.getCanvas().style.cursor = sketch ? 'crosshair' : ''
    this.drawSketch()
  }

  private drawSketch(): void {
    this.show('sketch', sketchFeatures(this.pen.sketch, this.pen.cursor))
    this.paintDirty = true
  }

  private moveCursor(at: Position | null): void {
    if (this.pen.move(at)) this.drawSketch()
  }

  private clickSketch(pixel: { x: number; y: number }, at: Position): void {
    const meant = this.pen.click(pixel, (vertex) => this.map.project(vertex))
    if (meant === 'finish') this.events.finish?.()
    else if (meant) this.events.ground(...at)
  }

  private project(x: number, y: number): { x: number; y: number } {
    const m = this.matrix as Float64Array
    const { clientWidth, clientHeight } = this.container
    const at = (row: number) => (m[row] as number) * x + (m[4 + row] as number) * y + (m[12 + row] as number)
    const w = at(3)
    return { x: ((at(0) / w + 1) / 2) * clientWidth, y: ((1 - at(1) / w) / 2) * clientHeight }
  }

  private pick(point: { x: number; y: number }): Node | null {
    if (!this.matrix) return null
    return new PickIndex(this.nodes, this.overlay.now(), (x, y) => this.project(x, y)).at(point.x, point.y)
  }

  private setHover(id: string | null): void {
    if (id === this.hover) return
    this.hover = id
    this.map.getCanvas().style.cursor = id ? 'pointer' : ''
    this.sceneDirty = true
  }
}

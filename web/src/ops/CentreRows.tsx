/** The open part of the tree below one city or stand-alone county. */
import type { ReactNode } from 'react'
import { useDesk } from '../app/desk'
import type { PlacedKind } from '../api/types'
import { BED_PROPERTIES } from '../domain/places'
import type { CentreTally, GroupCounts } from '../domain/tally'
import { UNIT_KINDS } from '../domain/units'
import { useI18n, useT } from '../i18n/context'
import { count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { bedSymbol, facilitySymbol, stationSymbol, stockSymbol } from '../map/symbols/fixed'
import { unitSymbol } from '../map/symbols/units'
import { usePalette } from '../theme/context'
import { useGlyphs } from '../ui/glyphs'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { Symbol } from '../ui/Symbol'
import { toggleLayer } from './opsState'
import { ColumnHead, Numbers } from './ResourceTree'

interface Props {
  row: CentreTally
  onLocate(code: string): void
}

export function CentreRows({ row, onLocate }: Props) {
  const { t, language } = useI18n()
  return (
    <div role="group">
      <UnitRows row={row} />
      {row.counties.length > 1 && (
        <div className="counties" role="none">
          {row.counties.map((county) => {
            const name = nameIn(language, county.jurisdiction)
            return (
              <button key={county.code} type="button" role="treeitem" aria-level={2} aria-selected={false} title={t('tree.locate', { name })} onClick={() => onLocate(county.code)}>
                {name} <b>{county.units.available}</b>
              </button>
            )
          })}
        </div>
      )}
      <ColumnHead title={t('tree.beds')} columns={[t('tree.col_free'), t('tree.col_taken'), t('tree.col_held')]} />
      <BedRows row={row} />
      <ColumnHead title={t('tree.places')} columns={[t('tree.col_ok'), t('tree.col_old'), t('tree.col_out')]} />
      <PlaceRows row={row} />
    </div>
  )
}

function UnitRows({ row }: { row: CentreTally }) {
  const palette = usePalette()
  const t = useT()
  const glyphs = useGlyphs()
  const total = (c: GroupCounts) => c.available + c.busy + c.off
  return UNIT_KINDS.map((kind) => {
    const counts = row.byKind[kind]
    const glyph = glyphs.vehicle('mobile_p2_lab')
    return (
      <div key={kind} role="none">
        <Row icon={<Symbol symbol={unitSymbol(palette, { kind, status: 'available', glyph })} size={22} half={14} />} name={t(`kind.${kind}`)} total={total(counts)} layer={kind}>
          <Numbers counts={counts} />
        </Row>
        {kind === 'ambulance' && total(row.negative) > 0 && (
          <Row deep icon={<Symbol symbol={unitSymbol(palette, { kind, status: 'available', negative: glyphs.negative })} size={26} half={18} />} name={t('tree.negative')} total={total(row.negative)}>
            <Numbers counts={row.negative} />
          </Row>
        )}
      </div>
    )
  })
}

function BedRows({ row }: { row: CentreTally }) {
  const palette = usePalette()
  const t = useT()
  const { ops } = useDesk()
  const { bedProperty, hidden } = useStore(ops)
  const glyphs = useGlyphs()
  return BED_PROPERTIES.map((property) => {
    const beds = row.beds[property]
    const on = bedProperty === property && !hidden.has('bed_pool')
    const symbol = bedSymbol(palette, 'ok', '', property === 'negative_pressure' ? glyphs.negative : null)
    const toggle = () => ops.set({ bedProperty: on ? null : property, hidden: new Set([...hidden].filter((kind) => kind !== 'bed_pool')) })
    return (
      <Row key={property} icon={<Symbol symbol={symbol} size={30} half={30} />} name={t(`bed.${property}`)} on={on} onToggle={toggle} mark={beds.stale > 0 ? t('tree.stale', { n: beds.stale }) : undefined}
        note={beds.unreported > 0 ? t('tree.unreported', { n: beds.unreported }) : undefined}>
        <b className={`n ${beds.free === 0 ? 'alarm' : ''}`}>{count(beds.free)}</b>
        <span className="n">{count(beds.occupied)}</span>
        <span className="n dim">{count(beds.held)}</span>
      </Row>
    )
  })
}

function PlaceRows({ row }: { row: CentreTally }) {
  const palette = usePalette()
  const t = useT()
  const { stock } = row
  const numbers = (a: number, b: number, c: number) => (
    <>
      <b className="n">{a}</b>
      <span className="n">{b}</span>
      <span className={`n ${c > 0 ? 'alarm' : 'dim'}`}>{c}</span>
    </>
  )
  return (
    <>
      <Row icon={<Symbol symbol={stockSymbol(palette, 'ok')} size={24} half={15} />} name={t('kind.stockpile')} layer="stockpile">
        {numbers(stock.ok, stock.old, stock.out)}
      </Row>
      <Row icon={<Symbol symbol={stationSymbol(palette, 'ok', null, false)} size={24} half={15} />} name={t('kind.station')} layer="station">
        {numbers(row.stations, 0, 0)}
      </Row>
      <Row icon={<Symbol symbol={facilitySymbol(palette, 'ok', null, null)} size={24} half={15} />} name={t('kind.facility')} layer="facility">
        {numbers(row.facilities, 0, 0)}
      </Row>
    </>
  )
}

interface RowProps {
  icon: ReactNode
  name: string
  total?: number
  deep?: boolean
  /** Trouble with the numbers. */
  mark?: string
  /** What the numbers lack, without being trouble. */
  note?: string
  /** The layer this row switches. */
  layer?: PlacedKind
  on?: boolean
  onToggle?(): void
  children: ReactNode
}

function Row({ icon, name, total, deep, mark, note, layer, on, onToggle, children }: RowProps) {
  const t = useT()
  const { ops } = useDesk()
  const { hidden } = useStore(ops)
  const shown = layer ? !hidden.has(layer) : on
  const toggle = layer ? () => toggleLayer(ops, layer) : onToggle
  return (
    <div className={`tree-row leaf ${deep ? 'deep' : ''}`} role="treeitem" aria-level={deep ? 3 : 2} aria-selected={false}>
      <span className="icon">{icon}</span>
      <span className="name">
        {name} {total !== undefined && <small>{count(total)}</small>}
      </span>
      {mark && <em className="mark">{mark}</em>}
      {!mark && note && <em className="mark quiet">{note}</em>}
      {children}
      {toggle ? (
        <button type="button" className={`eye ${shown ? '' : 'off'}`} aria-pressed={shown} aria-label={t(shown ? 'tree.layer_hide' : 'tree.layer_show', { name })} onClick={toggle}>
          <Icon name={shown ? 'eye' : 'eyeOff'} size={17} />
        </button>
      ) : (
        <span className="eye" />
      )}
    </div>
  )
}

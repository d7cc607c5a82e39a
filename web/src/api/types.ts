/**
 * The shapes of the contract as the screens use them. What the OpenAPI document spells out comes from `schema.d.ts`;
 * the fields of entities and features are written here.
 */
import type { CaseEntity } from './cases'
import type { Mark } from './marks'
import type { components } from './schema'

type Schemas = components['schemas']

export type UnitStatus = Schemas['UnitStatus']

export const UNIT_STATUSES: readonly UnitStatus[] = [
  'available',
  'assigned',
  'en_route',
  'on_scene',
  'transporting',
  'at_hospital',
  'returning',
  'decontaminating',
  'suspended',
  'off_duty',
  'out_of_service',
]

export type UnitKind = 'ambulance' | 'team' | 'special_vehicle'
export type PlacedKind = UnitKind | 'bed_pool' | 'stockpile' | 'station' | 'facility'

export interface EntityBase {
  kind: string
  id: string
  version: number
  /** GB/T 2260 code of the city or stand-alone county. */
  centre: string
  name?: string
  retired?: boolean
  source?: string | null
}

export interface Placed extends EntityBase {
  name: string
  jurisdiction: string
  /** WGS-84 degrees. */
  lon: number
  lat: number
}

export interface UnitBase extends Placed {
  home_id?: string | null
  capabilities?: string[]
  equipment?: string[]
  status: UnitStatus
  /** RFC 3339. */
  status_since?: string | null
  status_reason?: string | null
  /** Its one open assignment. */
  assignment_id?: string | null
  /** The crew on duty. */
  shift_id?: string | null
  /** 预留: the incident it waits for, until a moment. */
  reserved_for?: string | null
  reserved_until?: string | null
  plate?: string | null
}

/** 救护车 */
export interface Ambulance extends UnitBase {
  kind: 'ambulance'
  class: 'A' | 'B' | 'C' | 'D'
}

/** 应急队伍 */
export interface Team extends UnitBase {
  kind: 'team'
  tier?: string
  category?: string
  members?: number
  required_members?: number
  specialities?: string[]
}

/** 特种车辆 */
export interface SpecialVehicle extends UnitBase {
  kind: 'special_vehicle'
  vehicle_type: string
}

export type Unit = Ambulance | Team | SpecialVehicle

/** 床位 */
export interface BedPool extends Placed {
  kind: 'bed_pool'
  facility_id?: string | null
  ward?: string | null
  properties?: string[]
  physical: number
  staffed: number
  occupied: number
  held: number
  reported_at?: string | null
  reported_by?: string | null
  activation_hours?: number | null
}

/** 批次 */
export type Lot = Schemas['Lot']

/** 物资储备 */
export interface Stockpile extends Placed {
  kind: 'stockpile'
  facility_id?: string | null
  reserve_kind?: string
  callable_hours?: number | null
  lots?: Lot[]
  counted_at?: string | null
  counted_by?: string | null
}

/** 急救站点 */
export interface Station extends Placed {
  kind: 'station'
  tier?: string
  zone?: string
  service_radius_m?: number
  facility_id?: string | null
}

/** 医疗机构、疾控、仓库 */
export interface Facility extends Placed {
  kind: 'facility'
  facility_type?: string
  level?: string
  ownership?: string
  roles?: string[]
  authorised_beds?: number | null
}

/** 辖区 */
export interface Jurisdiction extends EntityBase {
  kind: 'jurisdiction'
  code: string
  name: string
  name_en?: string | null
  parent?: string | null
  tier?: string
  population?: number | null
  lon: number
  lat: number
}

export interface Item extends EntityBase {
  kind: 'item'
  name: string
  name_en?: string | null
  category?: string
  unit?: string
}

/** 指标: one checkable sentence of a source document. */
export interface Norm extends EntityBase {
  kind: 'norm'
  key: string
  /** Division code where it applies. */
  place: string
  value: number
  operator: '>=' | '<=' | '='
  unit: string
  base: string
  source_row: string
  doc_status: 'in_force' | 'draft'
  valid_from?: string | null
  valid_to?: string | null
}

/** 演练时钟, an entity of drill worlds. */
export interface DrillClockEntity extends EntityBase {
  kind: 'clock'
}

export type Entity = DrillClockEntity | Ambulance | Team | SpecialVehicle | BedPool | Stockpile | Station | Facility | Jurisdiction | Item | Norm | CaseEntity | Mark

/** Roles of people; devices and the program itself never see a screen. */
export type Role = Exclude<Schemas['Role'], 'device' | 'system'>

export interface User {
  username: string
  role: Role
  /** null means all. */
  jurisdiction: string | null
  display_name?: string | null
  /** The one unit of a crew. */
  unit_id?: string | null
}

export interface Session {
  user: User
  demo_feed?: boolean
}

/** World time at the moment of the answer and how it runs. */
export type Clock = Schemas['ClockView']
export type World = Schemas['WorldView']

/** A feature of `resources`, as far as the screens look at it: the rest is in the picture. */
export interface ResourceFeature {
  type: 'Feature'
  id: string
  properties: {
    /** Who measured the fix; `demo` for the demonstration feed. */
    fix_source?: string
  }
}

/** Who is near, as ids and distances. */
export type Ranking = Schemas['Ranking']
export type Ranked = Schemas['Ranked']

/** What lies within a radius, whatever the limit of the list. */
export type Summary = Schemas['Summary']
export type Command = Schemas['Command']

export interface FeatureCollection {
  type: 'FeatureCollection'
  features: ResourceFeature[]
  next_cursor: string | null
}

export interface EntityChange {
  kind: string
  id: string
  entity: Entity | null
}

export interface CommandReply {
  seq: number
  changes: EntityChange[]
}

/** One row of the journal, as far as the reader sees it. */
export interface JournalEntry {
  seq: number
  at: string
  actor?: string | null
  command?: { type: string } | null
  changes: EntityChange[]
}

/** RFC 9457. */
export interface Problem {
  status: number
  code: string
  title?: string
  detail?: string
  /** What stands in the way. */
  blocked_by?: { kind: string; id: string; version: number } | null
  /** After an order that came too late: the next unit to ask. */
  next_best?: { unit_id: string; name: string; distance_m: number; eta_s: number | null } | null
}

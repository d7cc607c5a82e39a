/** The registry's fields by kind: what a form asks, what is wrong in it, and the command's resource made from it. */
import type { Entity } from '../api/types'
import type { LonLat } from './datum'

export const FORM_KINDS = ['ambulance', 'team', 'special_vehicle', 'station', 'facility', 'bed_pool', 'stockpile', 'item'] as const
export type FormKind = (typeof FORM_KINDS)[number]
/** Kinds that are kept by files only stand last. */
export const REGISTRY_KINDS = [...FORM_KINDS, 'jurisdiction', 'norm'] as const
export type RegistryKind = (typeof REGISTRY_KINDS)[number]

export type Form = 'text' | 'number' | 'choice' | 'words' | 'reference' | 'area' | 'point'

export interface Field {
  name: string
  form: Form
  required?: boolean
  /** Family of the dictionary that says the words. */
  family?: string
  /** Closed list of a choice; words of a family are open. */
  options?: readonly string[]
  /** Kinds that may be named. */
  kinds?: readonly string[]
  min?: number
  max?: number
  /** Only of a new resource; afterwards a desk of its own changes it. */
  first?: boolean
}

const NAME: Field = { name: 'name', form: 'text', required: true, max: 80 }
const AREA: Field = { name: 'jurisdiction', form: 'area', required: true }
const HOME: Field = { name: 'home_id', form: 'reference', required: true, kinds: ['station', 'facility'] }
const FACILITY: Field = { name: 'facility_id', form: 'reference', required: true, kinds: ['facility'] }
const PLATE: Field = { name: 'plate', form: 'text', required: true, max: 32 }
const CAPABILITIES: Field = { name: 'capabilities', form: 'words', family: 'cap' }
const EQUIPMENT: Field = { name: 'equipment', form: 'words', family: 'equip' }
const PLACE: Field = { name: 'point', form: 'point' }
const SOURCE: Field = { name: 'source', form: 'text', required: true, max: 200 }
const ZONES = ['urban', 'rural']

const choice = (name: string, family: string, options: readonly string[]): Field => ({ name, form: 'choice', required: true, family, options })
const amount = (name: string, max: number, rest: Partial<Field> = {}): Field => ({ name, form: 'number', min: 0, max, ...rest })

export const FIELDS: Record<FormKind, readonly Field[]> = {
  ambulance: [NAME, PLATE, AREA, HOME, choice('class', 'class', ['A', 'B', 'C', 'D']), CAPABILITIES, EQUIPMENT, PLACE, SOURCE],
  team: [
    NAME,
    AREA,
    HOME,
    choice('tier', 'tier', ['city', 'county']),
    choice('category', 'category', ['medical', 'infectious_disease', 'cdc', 'psychological', 'poisoning']),
    amount('members', 10_000, { required: true }),
    amount('required_members', 10_000),
    { name: 'specialities', form: 'words', family: 'spec' },
    CAPABILITIES,
    EQUIPMENT,
    PLACE,
    SOURCE,
  ],
  special_vehicle: [
    NAME,
    PLATE,
    AREA,
    HOME,
    choice('vehicle_type', 'vehicle', ['mobile_p2_lab', 'mobile_ct', 'mobile_dr', 'mobile_biochemistry', 'rapid_test', 'supply_truck', 'referral_vehicle']),
    CAPABILITIES,
    EQUIPMENT,
    PLACE,
    SOURCE,
  ],
  station: [
    NAME,
    AREA,
    choice('tier', 'tier', ['centre', 'sub_centre', 'township']),
    choice('zone', 'zone', ZONES),
    { name: 'service_radius_m', form: 'number', required: true, min: 1, max: 200_000 },
    { ...FACILITY, required: false },
    { name: 'parent_id', form: 'reference', kinds: ['station'] },
    { ...PLACE, required: true },
    SOURCE,
  ],
  facility: [
    NAME,
    AREA,
    choice('facility_type', 'facility', ['hospital', 'cdc', 'depot', 'base', 'emergency_centre', 'blood', 'township_hospital', 'supervision']),
    choice('level', 'level', ['tertiary_a', 'tertiary_b', 'tertiary', 'secondary_a', 'secondary_b', 'secondary', 'primary', 'ungraded']),
    choice('ownership', 'ownership', ['public', 'private']),
    { name: 'roles', form: 'words', family: 'duty' },
    amount('authorised_beds', 100_000),
    { ...PLACE, required: true },
    SOURCE,
  ],
  bed_pool: [
    NAME,
    FACILITY,
    AREA,
    { name: 'ward', form: 'text', required: true, max: 80 },
    { name: 'properties', form: 'words', family: 'bed' },
    amount('activation_hours', 720),
    amount('physical', 10_000, { first: true, required: true }),
    amount('staffed', 10_000, { first: true, required: true }),
    amount('occupied', 10_000, { first: true, required: true }),
    PLACE,
    SOURCE,
  ],
  stockpile: [
    NAME,
    FACILITY,
    AREA,
    choice('reserve_kind', 'reserve', ['physical', 'contract', 'production', 'commercial', 'social', 'technical']),
    amount('callable_hours', 8_760),
    PLACE,
    SOURCE,
  ],
  item: [
    NAME,
    { name: 'name_en', form: 'text', required: true, max: 120 },
    { name: 'category', form: 'choice', required: true, family: 'item', options: ['protective', 'test', 'drug', 'disinfection', 'device', 'antidote', 'antitoxin', 'blood', 'blood_product', 'sampling', 'shelter', 'oxygen', 'power', 'communication', 'transport', 'vector_control', 'other'] },
    { name: 'unit', form: 'text', required: true, max: 16 },
    { name: 'gb_code', form: 'text', max: 16 },
    SOURCE,
  ],
}

/** What a form holds: numbers stay text until they are right. */
export type Draft = Record<string, string | readonly string[] | LonLat | null>

export function isFormKind(kind: string): kind is FormKind {
  return (FORM_KINDS as readonly string[]).includes(kind)
}

export function fieldsOf(kind: FormKind, standing: boolean): readonly Field[] {
  return FIELDS[kind].filter((field) => !(standing && field.first))
}

/** `home` is where it stands unless it says otherwise: then it moves along, and the form names no point. */
export function draftOf(kind: FormKind, entity: Entity, home?: Entity): Draft {
  const values = entity as unknown as Record<string, unknown>
  const at = home as Partial<LonLat> | undefined
  return Object.fromEntries(
    fieldsOf(kind, true).map(({ name, form }) => {
      if (form === 'point') return [name, at && at.lon === values.lon && at.lat === values.lat ? null : { lon: Number(values.lon), lat: Number(values.lat) }]
      const value = values[name]
      if (form === 'words') return [name, (value as string[] | undefined) ?? []]
      return [name, value === null || value === undefined ? '' : String(value)]
    }),
  )
}

export type Wrong = 'needed' | 'too_long' | 'not_a_number' | 'not_whole' | 'too_small' | 'too_large' | 'beds_order' | 'id_form'

/** What is wrong, by field. */
export function faultsOf(kind: FormKind, draft: Draft, standing: boolean): Partial<Record<string, Wrong>> {
  const faults: Partial<Record<string, Wrong>> = {}
  for (const field of fieldsOf(kind, standing)) {
    const fault = faultOf(field, draft[field.name])
    if (fault) faults[field.name] = fault
  }
  const id = text(draft.id)
  if (!standing && id && !/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) faults.id = 'id_form'
  if (kind === 'bed_pool' && !standing && !faults.physical && !faults.staffed && !faults.occupied) {
    const [physical, staffed, occupied] = ['physical', 'staffed', 'occupied'].map((name) => Number(text(draft[name]))) as [number, number, number]
    if (staffed > physical) faults.staffed = 'beds_order'
    else if (occupied > staffed) faults.occupied = 'beds_order'
  }
  return faults
}

function text(value: Draft[string] | undefined): string {
  return typeof value === 'string' ? value.trim() : ''
}

function faultOf(field: Field, value: Draft[string] | undefined): Wrong | null {
  if (field.form === 'words') return null
  if (field.form === 'point') return field.required && !value ? 'needed' : null
  const typed = text(value)
  if (!typed) return field.required ? 'needed' : null
  if (field.form === 'text') return typed.length > (field.max ?? 200) ? 'too_long' : null
  if (field.form !== 'number') return null
  const number = Number(typed)
  if (!Number.isFinite(number)) return 'not_a_number'
  if (!Number.isInteger(number)) return 'not_whole'
  if (number < (field.min ?? 0)) return 'too_small'
  return number > (field.max ?? Infinity) ? 'too_large' : null
}

/** The resource of a command; of a standing one everything that forms do not show stays as it is. */
export function resourceOf(kind: FormKind, draft: Draft, standing: Entity | null): Record<string, unknown> {
  const resource: Record<string, unknown> = { kind }
  const kept = standing as unknown as { visible_to?: string[] } | null
  if (standing) resource.id = standing.id
  else if (text(draft.id)) resource.id = text(draft.id)
  if (kept?.visible_to?.length) resource.visible_to = kept.visible_to
  for (const { name, form } of fieldsOf(kind, standing !== null)) {
    const value = draft[name]
    if (form === 'point') {
      if (value) Object.assign(resource, { lon: (value as LonLat).lon, lat: (value as LonLat).lat })
    } else if (form === 'words') resource[name] = value ?? []
    else if (form === 'number' && text(value)) resource[name] = Number(text(value))
    else if (text(value)) resource[name] = text(value)
  }
  return resource
}

/** What it stands at unless it says otherwise; stations and facilities stand for themselves. */
export function homeOf(entity: Entity): string | undefined {
  const { kind, home_id, facility_id } = entity as unknown as Record<string, string | undefined>
  return kind === 'station' ? undefined : (home_id ?? facility_id)
}

/** Whether the row has all of these words in what it shows. */
export function matches(entity: Entity, words: string): boolean {
  const values = entity as unknown as Record<string, unknown>
  const hay = ['name', 'id', 'plate', 'ward', 'name_en', 'source'].map((name) => String(values[name] ?? '')).join(' ').toLowerCase()
  return words.toLowerCase().split(/\s+/).every((word) => hay.includes(word) || hay.replace(/[·\s]/g, '').includes(word))
}

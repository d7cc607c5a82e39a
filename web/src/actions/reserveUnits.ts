/** 预留: keeps units for an incident for ten minutes, or lets them go. */
import type { AnyCommand } from '../api/commands'
import type { Send } from './sendCommand'

/** Reserves one after the other; what was reserved before a refusal stays so. Returns what takes it back. */
export async function reserveUnits(send: Send, units: readonly string[], incident: string): Promise<AnyCommand[]> {
  for (const unit of units) await send({ type: 'reserve_unit', unit_id: unit, incident_id: incident })
  return units.map((unit) => ({ type: 'reserve_unit', unit_id: unit }))
}

export async function releaseUnits(send: Send, units: readonly { id: string; reserved_for?: string | null; reserved_until?: string | null }[]): Promise<AnyCommand[]> {
  const inverse: AnyCommand[] = []
  for (const { id, reserved_for, reserved_until } of units) {
    await send({ type: 'reserve_unit', unit_id: id })
    if (reserved_for) inverse.push({ type: 'reserve_unit', unit_id: id, incident_id: reserved_for, ...(reserved_until ? { until: reserved_until } : {}) })
  }
  return inverse
}

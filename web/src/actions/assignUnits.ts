/** Sends exact units to an incident, with what was recommended when the choice was made. */
import { ApiError } from '../api/client'
import type { Choice } from '../api/cases'
import type { Recommendations } from '../api/dispatch'
import type { Armed } from '../domain/arming'
import type { Send } from './sendCommand'

/** The server keeps at most this many candidates with a choice. */
const MAX_SHOWN = 20

export async function assignUnits(send: Send, armed: Armed, version: number, shown: Recommendations | null): Promise<void> {
  // With several units each goes to the need that it fits; with one, to the need that was asked for.
  const need = armed.units.length === 1 ? shown?.need?.id : undefined
  await send({
    type: 'assign_units',
    incident_id: armed.incidentId,
    unit_ids: armed.units.map((unit) => unit.id),
    based_on_version: version,
    ...(need ? { need_id: need } : {}),
    ...(shown ? { choice: choiceOf(shown) } : {}),
  })
}

function choiceOf(shown: Recommendations): Choice {
  const whole = (n: number | null) => (n === null ? null : Math.max(0, Math.round(n)))
  return {
    at: shown.at,
    eta_basis: shown.eta_basis,
    shown: shown.candidates.slice(0, MAX_SHOWN).map(({ unit_id, distance_m, eta_s, fix_age_s }) => ({
      unit_id,
      distance_m,
      eta_s: whole(eta_s),
      fix_age_s: whole(fix_age_s),
    })),
  }
}

/** Somebody was faster: who stands in the way, and whom to ask next. */
export interface Lost {
  blockedBy: { kind: string; id: string } | null
  next: { unit_id: string; name: string } | null
}

export function lostRace(error: unknown): Lost | null {
  if (!(error instanceof ApiError) || error.problem.status !== 409) return null
  const { code, blocked_by, next_best } = error.problem
  if (!['unit_not_available', 'unit_reserved', 'no_crew'].includes(code)) return null
  return { blockedBy: blocked_by ?? null, next: next_best ?? null }
}

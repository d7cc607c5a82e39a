/** Writes what was typed into the record: opens the incident the first time, changes it afterwards. */
import type { Incident } from '../api/cases'
import { openCommand, updateCommand, type Draft } from '../domain/draft'
import type { Send } from './sendCommand'

export interface Saved {
  incidentId: string
  /** The personal part that the record has now. */
  personalId: string | null
}

/** null when there was nothing to write. */
export async function saveCase(send: Send, draft: Draft, incident: Incident | null, callId: string | null): Promise<Saved | null> {
  const command = incident ? updateCommand(draft, incident) : openCommand(draft, callId)
  if (!command) return null
  const reply = await send(command)
  const written = reply.changes.find((change) => change.kind === 'incident')?.entity
  if (written?.kind !== 'incident') return incident ? { incidentId: incident.id, personalId: incident.private?.id ?? null } : null
  return { incidentId: written.id, personalId: written.private?.id ?? null }
}

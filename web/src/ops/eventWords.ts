/** A line of the event strip in words. */
import { shortNumber } from '../domain/cases'
import type { EventLine } from '../domain/events'
import { isUnit } from '../domain/units'
import type { Picture } from '../feed/picture'
import { word, type Translate } from '../i18n/translate'
import { markName } from './marks/words'

/** Things of a case are named by the unit or the number; a call by its line; a handover by the people, where they are known. */
export function nameOf(t: Translate, picture: Picture, line: EventLine, who?: (actor: string) => string): string {
  if (who && (line.what.type === 'handover_offered' || line.what.type === 'handover_accepted')) return `${who(line.what.from)} → ${who(line.what.to)}`
  if (line.what.type === 'call') return word(t, 'line', line.what.line)
  const entity = picture.get(line.id)
  if (entity?.kind === 'mark') return markName(t, entity)
  return isUnit(entity) ? entity.name : line.name
}

/** `reasons`: free text of a person, left out where everybody reads along. */
export function said(t: Translate, picture: Picture, line: EventLine, reasons = true): string {
  const { what } = line
  switch (what.type) {
    case 'status': {
      const to = t(`unit.${what.to}`)
      const step = what.from ? t('events.status', { from: t(`unit.${what.from}`), to }) : t('events.status_now', { to })
      return what.reason && reasons ? `${step} · ${what.reason}` : step
    }
    case 'beds':
      return t('events.beds_row', { staffed: what.staffed, occupied: what.occupied, held: what.held, free: what.free })
    case 'call':
      return t(`call_status.${what.status}`)
    case 'incident':
      return `${t(what.opened ? 'events.opened' : `incident_status.${what.status}`)} · ${word(t, 'incident', what.incident)}`
    case 'stage': {
      const incident = picture.get(what.incidentId)
      const number = incident?.kind === 'incident' ? t('why.incident', { no: shortNumber(incident.number) }) : ''
      return [t(`stage.${what.stage}`), number].filter(Boolean).join(' · ')
    }
    case 'stock':
      return t('events.stock_row', { lots: what.lots })
    default:
      return t(`events.${what.type}`)
  }
}

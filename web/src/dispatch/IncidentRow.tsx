/** One incident of the queue: how urgent, what, where, who attends it, how far its units are. */
import type { IncidentRow as Row } from '../domain/queue'
import { useWho } from '../app/people'
import { shortNumber } from '../domain/cases'
import { useI18n } from '../i18n/context'
import { when } from '../i18n/format'
import { word } from '../i18n/translate'
import { LOOKS } from '../map/symbols/units'
import { isUnit } from '../domain/units'
import { Icon } from '../ui/icons'
import { PriorityMark } from './Mark'
import { whereabouts } from './place'
import { TimerRing } from './TimerRing'
import { Failure } from './Failure'
import { IncidentMenu } from './IncidentMenu'
import { useDispatch } from './useDispatch'

export function patientsOf(row: Row): number {
  return Object.values(row.incident.patients).reduce((sum, n) => sum + n, 0)
}

export function IncidentRow({ row, now, selected, open, onSelect, onMenu }: { row: Row; now: number; selected: boolean; open: boolean; onSelect(): void; onMenu(): void }) {
  const { t, language } = useI18n()
  const { feed, me } = useDispatch()
  const who = useWho()
  const { incident, lead, missing, unreceived } = row
  const unit = lead ? feed.picture.get(lead.unit_id) : undefined
  const patients = patientsOf(row)
  const mine = incident.attended_by === me
  const family = isUnit(unit) ? LOOKS[unit.status].family : 'idle'
  const type = word(t, 'incident', incident.incident_type)
  return (
    <li className={`queue-row ${selected ? 'on' : ''} ${unreceived.length > 0 ? 'over' : ''}`} data-id={incident.id}>
      <button type="button" className="queue-main" aria-pressed={selected} onClick={onSelect}>
        <TimerRing from={row.from} now={now} limitS={row.limitS} label={t(lead ? 'queue.in_stage' : 'queue.waits')} />
        <span className="queue-text">
          <span className="line1">
            <PriorityMark priority={incident.priority} />
            <b>{incident.infectious ? t('queue.infectious', { type }) : type}</b>
          </span>
          <span className="line2">
            {whereabouts(t, language, feed.picture, incident)}
          </span>
          <span className="line3">
            <span>{shortNumber(incident.number)}</span>
            {lead && isUnit(unit) ? (
              <>
                <span className={`family family-${family}`}>{t(`stage.${lead.status}`)}</span>
                <span className="cut">{unit.name}</span>
              </>
            ) : incident.status === 'held' ? (
              t('queue.held_until', { t: incident.held_until ? when(t, Date.parse(incident.held_until), now) : t('queue.held_open') })
            ) : (
              <>
                <Icon name="headset" size={14} />
                <span className={`cut ${mine ? 'mine' : ''}`}>{incident.attended_by ? (mine ? t('queue.mine') : who(incident.attended_by)) : t('queue.nobody')}</span>
              </>
            )}
            {patients > 0 && <span>{t('queue.patients', { n: patients })}</span>}
          </span>
        </span>
      </button>
      <span className="queue-side">
        {unreceived.length > 0 && <em className="flag">{t('queue.unreceived')}</em>}
        {unreceived.length === 0 && lead && missing > 0 && <em className="flag line">{t('queue.missing', { n: missing })}</em>}
        {row.taking && !lead && row.taking.answered_by !== me && <em className="flag plain">{t('queue.talking')}</em>}
        <button type="button" className="more" aria-expanded={open} title={t('menu.title')} onClick={onMenu}>
          <span className="unseen">{t('menu.title')}</span>⋯ {selected && <kbd>E</kbd>}
        </button>
      </span>
      {open && <IncidentMenu incident={incident} />}
      <Failure at={incident.id} />
    </li>
  )
}

/** The order: what, where, whom, how to protect oneself, whereto. Nothing is ever cut. */
import { useT } from '../../i18n/context'
import { clockTime, coordinates, distance } from '../../i18n/format'
import { word } from '../../i18n/translate'
import { patientCount, target } from '../derive'
import { metres } from '../positions/buffer'
import type { Standing } from '../stages'
import type { CrewView } from '../types'
import { CrewIcon } from './CrewIcon'
import { useShare } from './context'
import { navigationLink, telephoneLink } from './links'
import { patientsWord } from './words'

interface Props {
  view: CrewView
  standing: Standing
  onDestination(): void
}

export function OrderCard({ view, standing, onDestination }: Props) {
  const t = useT()
  const { incident } = view
  const text = view.patient?.content ?? {}
  if (!incident) return <p className="crew-card">{t('crew.order_loading')}</p>
  const type = word(t, 'crew.type', incident.incident_type)
  return (
    <section className="crew-card" aria-label={t('crew.order')}>
      <h2>
        <b className={`crew-priority is-${incident.priority}`}>{incident.priority}</b>
        <span>{type}</span>
        <small>{incident.number}</small>
      </h2>
      <p className="crew-address">{text.address || t('crew.no_address')}</p>
      <p className="crew-facts">
        {patientCount(view) > 0 && <span>{patientsWord(t, incident.patients)}</span>}
        {text.description && <span>{text.description}</span>}
        {text.notes && <span>{text.notes}</span>}
        <span>{t('crew.ordered_at', { t: clockTime(standing.at.assigned ?? Number.NaN) })}</span>
      </p>
      <Protection view={view} />
      {standing.carries && <Destination view={view} standing={standing} onDestination={onDestination} />}
      <Links view={view} standing={standing} />
    </section>
  )
}

function Protection({ view }: { view: CrewView }) {
  const t = useT()
  const infectious = view.incident?.infectious || view.assignment?.infectious
  const negative = view.unit.kind === 'ambulance' && view.unit.class === 'C'
  if (!infectious) return null
  return (
    <p className="crew-box is-protection">
      <CrewIcon name="shield" />
      <b>{t(negative ? 'crew.protect_negative' : 'crew.protect')}</b>
    </p>
  )
}

function Destination({ view, standing, onDestination }: Props) {
  const t = useT()
  const { destination } = standing
  const name = view.destination?.id === destination ? view.destination?.name : view.hospitals.find((h) => h.id === destination)?.name
  const fixed = standing.status === 'at_hospital' || standing.status === 'handed_over'
  if (!destination && !standing.at.arrived) return null
  const label = destination ? t('crew.to', { name: name ?? destination }) : t('crew.no_destination')
  if (fixed)
    return (
      <p className="crew-box">
        <CrewIcon name="hospital" />
        <b>{label}</b>
      </p>
    )
  return (
    <button type="button" className="crew-box is-button" onClick={onDestination}>
      <CrewIcon name="hospital" />
      <b>{label}</b>
      <span>{t(destination ? 'crew.change' : 'crew.choose')}</span>
    </button>
  )
}

function Links({ view, standing }: { view: CrewView; standing: Standing }) {
  const t = useT()
  const { fix } = useShare()
  const text = view.patient?.content ?? {}
  const goal = target(view, standing)
  const phone = telephoneLink(text.contact_phone)
  const way = goal && fix ? distance(metres(fix, goal)) : ''
  return (
    <>
      <div className="crew-links">
        {goal && (
          <a className="crew-button" href={navigationLink(goal.lon, goal.lat, t(goal.place === 'scene' ? 'crew.scene' : 'crew.hospital'))}>
            <CrewIcon name="navigate" />
            <span>
              {t('crew.navigate')} <span className="crew-way">{way}</span>
            </span>
          </a>
        )}
        {phone && (
          <a className="crew-button" href={phone}>
            <CrewIcon name="phone" />
            {text.contact_name ? t('crew.call_name', { name: text.contact_name }) : t('crew.call_contact')}
          </a>
        )}
      </div>
      {goal && (
        <p className="crew-coordinates">
          <span>
            <b>{coordinates(goal.lon, goal.lat)}</b> <i className="crew-way">WGS-84</i>
          </span>
          {way && <em>{t('crew.straight', { d: way })}</em>}
        </p>
      )}
    </>
  )
}

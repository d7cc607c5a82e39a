/** No order: what the unit is, who is on duty, what can be done about it. */
import { useT } from '../../i18n/context'
import { age, clockTime } from '../../i18n/format'
import { word } from '../../i18n/translate'
import { statusItem } from '../steps'
import type { CrewView } from '../types'
import { BigButton } from './BigButton'
import { CrewIcon } from './CrewIcon'
import { useAdd, useCrew, useLine, useNow, useScene } from './context'
import type { SheetName } from './sheetName'

interface Props {
  view: CrewView
  open(sheet: SheetName): void
}

export function IdleCard({ view, open }: Props) {
  const t = useT()
  const { status, onShift } = useScene(view)
  const { world } = useNow()
  const { previous } = useLine()
  const since = view.unit.status === status && view.unit.status_since ? Date.parse(view.unit.status_since) : null
  return (
    <>
      <section className="crew-card crew-idle">
        <h2>{word(t, 'unit', status)}</h2>
        <p>{word(t, 'crew.idle', status)}</p>
        {view.unit.status_reason && view.unit.status === status && <p>{view.unit.status_reason}</p>}
        {since !== null && <p className="crew-quiet">{t('crew.since', { t: clockTime(since), age: age(t, since, world) })}</p>}
      </section>
      <section className="crew-card">
        <h3>{t('crew.shift')}</h3>
        {onShift && view.shift ? (
          <>
            <p className="crew-members">
              {view.shift.crew.map((member) => (
                <span key={`${member.role}${member.staff}`}>
                  {word(t, 'crew.role', member.role)} <b>{member.staff}</b>
                </span>
              ))}
            </p>
            <p className="crew-quiet">
              {t('crew.shift_from', { t: clockTime(Date.parse(view.shift.began_at)).slice(0, 5) })}
              {view.shift.ends_at && `　${t('crew.shift_to', { t: clockTime(Date.parse(view.shift.ends_at)).slice(0, 5) })}`}
            </p>
          </>
        ) : (
          <p className="crew-quiet">{t(onShift ? 'crew.shift_pending' : 'crew.no_shift')}</p>
        )}
        {view.station && <p className="crew-quiet">{view.station.name}</p>}
      </section>
      {previous && !previous.recorded && (
        <button type="button" className="crew-card crew-previous" onClick={() => open('previous_care')}>
          <CrewIcon name="record" />
          <b>{t('crew.previous', { no: previous.number })}</b>
          <CrewIcon name="right" size={20} />
        </button>
      )}
    </>
  )
}

export function IdleFooter({ view, open }: Props) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const { status, onShift } = useScene(view)
  const own = view.unit.kind === 'team'
  const off = !onShift && !own

  async function set(reason: string): Promise<number | null> {
    const at = desk.clock.now()
    const next = off ? 'off_duty' : 'available'
    return (await add(statusItem({ world: desk.world, at }, view.unit.id, next, reason))) ? at : null
  }
  const show = (sheet: SheetName) => () => {
    open(sheet)
    return Promise.resolve(null)
  }

  return (
    <footer className="crew-footer">
      <div className="crew-row">
        {status === 'available' && (
          <button type="button" className="crew-button" onClick={() => open('suspend')}>
            <CrewIcon name="pause" size={20} />
            {t('crew.suspend')}
          </button>
        )}
        {onShift && (
          <button type="button" className="crew-button" onClick={() => open('end_shift')}>
            <CrewIcon name="leave" size={20} />
            {t('crew.shift_end')}
          </button>
        )}
      </div>
      {status === 'decontaminating' && <BigButton label={t('crew.decontaminated')} icon="drop" onPress={() => set(t('crew.decontaminated'))} />}
      {status === 'suspended' && <BigButton label={t('crew.resume')} icon="play" onPress={() => set('')} />}
      {(status === 'returning' || status === 'out_of_service') && <BigButton label={t('crew.resume')} icon="play" onPress={show('restore')} />}
      {(status === 'off_duty' || status === 'available') && off && <BigButton label={t('crew.shift_begin')} icon="people" onPress={show('shift')} />}
      {status === 'available' && !off && <p className="crew-waiting">{t('crew.waiting')}</p>}
    </footer>
  )
}

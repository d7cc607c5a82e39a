/** What can be done with a whole incident, under its row of the queue. */
import type { Incident } from '../api/cases'
import type { Unit } from '../api/types'
import { assignmentsOf, isOpen, onTheWay } from '../domain/cases'
import { mergeTargets } from '../domain/targets'
import { UNIT_KINDS } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { clockTime } from '../i18n/format'
import { word } from '../i18n/translate'
import { useStore } from '../ui/store'
import type { Asking } from './deskState'
import { onLetters, useRowFocus } from './letters'
import { ReasonLine } from './ReasonLine'
import { STAND_DOWN_REASONS } from './reasons'
import { TargetLine } from './TargetLine'
import { useCaseActions } from './useCaseActions'
import { useDispatch } from './useDispatch'

export function IncidentMenu({ incident }: { incident: Incident }) {
  const t = useT()
  const { feed, dispatch, barred } = useDispatch()
  const { asking } = useStore(dispatch)
  const actions = useCaseActions()
  const row = useRowFocus(asking)
  const { picture } = feed
  const open = assignmentsOf(picture, incident).filter(isOpen)
  const back = open.filter(onTheWay).length
  const targets = open.length === 0 ? mergeTargets(picture, incident) : []
  const calls = incident.call_ids.flatMap((id) => {
    const call = picture.get(id)
    return call?.kind === 'call' ? [call] : []
  })
  const kept = reservedFor(picture, incident.id)
  const off = barred !== null
  const ask = (what: Asking) => () => dispatch.set({ asking: asking === what ? null : what })
  const beds = () => dispatch.set({ panel: 'beds' })
  const [call] = calls
  const keys = onLetters({
    s: back > 0 && !off ? ask('stand_down') : null,
    m: targets.length > 0 && !off ? ask('merge') : null,
    l: call && !off ? () => actions.unlink(call) : null,
    r: kept.length > 0 && !off ? () => actions.release(incident.id, kept) : null,
    b: beds,
  })
  return (
    <div ref={row} className="row-menu" role="group" aria-label={t('menu.title')} onKeyDown={keys}>
      <div className="row-buttons">
        <button type="button" className="action small" aria-expanded={asking === 'stand_down'} disabled={off || back === 0} title={back === 0 ? t('stand_down.none') : undefined} onClick={ask('stand_down')}>
          {t(back > 0 ? 'stand_down.name_n' : 'stand_down.name', { n: back })} <kbd>S</kbd>
        </button>
        <button
          type="button"
          className="action small"
          aria-expanded={asking === 'merge'}
          disabled={off || targets.length === 0}
          title={targets.length > 0 ? undefined : t(open.length > 0 ? 'hold.busy' : 'merge.none')}
          onClick={ask('merge')}
        >
          {t('merge.name')} <kbd>M</kbd>
        </button>
        <button type="button" className="action small" onClick={beds}>
          {t('beds.open')} <kbd>B</kbd>
        </button>
        {calls.map((linked, i) => (
          <button key={linked.id} type="button" className="action small" disabled={off} onClick={() => actions.unlink(linked)}>
            {t('unlink.name', { line: word(t, 'line', linked.line), t: clockTime(Date.parse(linked.received_at)) })} {i === 0 && <kbd>L</kbd>}
          </button>
        ))}
        {kept.length > 0 && (
          <button type="button" className="action small" disabled={off} onClick={() => actions.release(incident.id, kept)}>
            {t('release.name', { unit: kept.map((unit) => unit.name).join(t('rec.comma')) })} <kbd>R</kbd>
          </button>
        )}
      </div>
      {asking === 'stand_down' && back > 0 && <ReasonLine title={t('stand_down.name')} reasons={STAND_DOWN_REASONS} onReason={(reason) => actions.standDown(incident, reason)} />}
      {asking === 'merge' && <TargetLine title={t('merge.into')} targets={targets} onTarget={(id) => actions.merge(incident, id, t('duplicate.reason'))} />}
    </div>
  )
}

function reservedFor(picture: Picture, incident: string): Unit[] {
  return UNIT_KINDS.flatMap((kind) => [...picture.all<Unit>(kind)]).filter((unit) => unit.reserved_for === incident)
}

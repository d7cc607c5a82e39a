/** Draws the sheet that is open. */
import { logOut } from '../../actions/logOut'
import { useT } from '../../i18n/context'
import { forget } from '../desk/cache'
import { unsent } from '../outbox/reducer'
import { useAdd, useBox, useCrew, useLine, useScene } from '../screen/context'
import type { SheetName } from '../screen/sheetName'
import { breakdownItem, endShiftItem, statusItem } from '../steps'
import type { CrewView } from '../types'
import { CareSheet } from './CareSheet'
import { ConfirmSheet } from './ConfirmSheet'
import { DestinationSheet } from './DestinationSheet'
import { EndSheet } from './EndSheet'
import { MenuSheet } from './MenuSheet'
import { PositionSheet } from './PositionSheet'
import { ShiftSheet } from './ShiftSheet'

interface Props {
  name: SheetName | null
  view: CrewView
  open(sheet: SheetName | null): void
}

export function Sheets({ name, view, open }: Props) {
  const { assignment, standing } = useScene(view)
  const { previous } = useLine()
  const close = () => open(null)
  switch (name) {
    case 'menu':
      return <MenuSheet view={view} open={open} onClose={close} />
    case 'position':
      return <PositionSheet onClose={close} />
    case 'shift':
      return <ShiftSheet unitId={view.unit.id} onClose={close} />
    case 'end':
      return assignment && standing ? <EndSheet assignment={assignment} standing={standing} onClose={close} /> : null
    case 'destination':
      return assignment && standing ? <DestinationSheet view={view} assignmentId={assignment.id} standing={standing} onClose={close} /> : null
    case 'care':
      return assignment ? <CareSheet assignmentId={assignment.id} again={Boolean(assignment.care_record_id)} onClose={close} /> : null
    case 'previous_care':
      return previous ? <CareSheet assignmentId={previous.assignmentId} again={previous.recorded} onClose={close} /> : null
    case null:
      return null
    default:
      return <Confirmations name={name} view={view} onClose={close} />
  }
}

function Confirmations({ name, view, onClose }: { name: SheetName; view: CrewView; onClose(): void }) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const { assignment } = useScene(view)
  const count = unsent(useBox())
  const base = () => ({ world: desk.world, at: desk.clock.now() })
  const unitId = view.unit.id
  switch (name) {
    case 'breakdown':
      return (
        <ConfirmSheet
          danger
          title={t('crew.breakdown')}
          text={t(assignment ? 'crew.breakdown_order' : 'crew.breakdown_idle')}
          action={t('crew.breakdown_go')}
          reasons={[t('crew.broken_engine'), t('crew.broken_tyre'), t('crew.broken_accident'), t('crew.broken_equipment')]}
          onClose={onClose}
          onConfirm={(reason) => add(breakdownItem(base(), unitId, assignment?.id ?? null, reason))}
        />
      )
    case 'suspend':
      return (
        <ConfirmSheet
          title={t('crew.suspend')}
          text={t('crew.suspend_text')}
          action={t('crew.suspend')}
          reasons={[t('crew.pause_fuel'), t('crew.pause_supplies'), t('crew.pause_meal'), t('crew.pause_cleaning')]}
          onClose={onClose}
          onConfirm={(reason) => add(statusItem(base(), unitId, 'suspended', reason))}
        />
      )
    case 'restore':
      return (
        <ConfirmSheet title={t('crew.resume')} text={t('crew.restore_text')} action={t('crew.resume')} onClose={onClose} onConfirm={() => add(statusItem(base(), unitId, 'available', t('crew.resume')))} />
      )
    case 'end_shift':
      return <ConfirmSheet title={t('crew.shift_end')} text={t('crew.shift_end_text')} action={t('crew.shift_end')} onClose={onClose} onConfirm={() => add(endShiftItem(base(), unitId))} />
    default:
      return (
        <ConfirmSheet
          danger={count > 0}
          title={t('user.logout')}
          text={count > 0 ? t('crew.leave_unsent', { n: count }) : t('crew.leave_text')}
          action={t('user.logout')}
          onClose={onClose}
          onConfirm={() => {
            forget()
            void logOut()
            return Promise.resolve(false)
          }}
        />
      )
  }
}

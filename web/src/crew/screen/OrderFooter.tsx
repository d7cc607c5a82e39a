/** The thumb zone during an assignment: undo, record, other ends, and the next step. */
import { useT } from '../../i18n/context'
import { clockTime } from '../../i18n/format'
import { undoable } from '../derive'
import { lastAt, needsDestination, nextStage, endsOf, type Standing } from '../stages'
import { stageItem, undoItem } from '../steps'
import type { Assignment, CrewView, Stage } from '../types'
import { BigButton } from './BigButton'
import { CrewIcon, type CrewIconName } from './CrewIcon'
import { useAdd, useBox, useCrew, useNow, useScene } from './context'
import type { SheetName } from './sheetName'
import { stageWord } from './words'

const ICONS: Partial<Record<Stage, CrewIconName>> = {
  acknowledged: 'check',
  departed: 'navigate',
  arrived: 'pinCheck',
  patient_aboard: 'people',
  left_scene: 'navigate',
  at_hospital: 'hospital',
  handed_over: 'check',
  closed: 'end',
}

interface Props {
  view: CrewView
  assignment: Assignment
  standing: Standing
  open(sheet: SheetName): void
}

export function OrderFooter({ view, assignment, standing, open }: Props) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const { stuck, carePending } = useScene(view)
  const next = nextStage(standing)
  const moment = (at = desk.clock.now()) => Math.max(at, lastAt(standing) + 1)

  async function step(stage: Stage, at?: number): Promise<number | null> {
    const base = { world: desk.world, at: moment(at) }
    return (await add(stageItem(base, assignment.id, stage))) ? base.at : null
  }
  async function press(): Promise<number | null> {
    if (stuck) {
      document.getElementById(`crew-item-${stuck.n}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' })
      return null
    }
    if (needsDestination(standing)) {
      open('destination')
      return null
    }
    return next ? step(next) : null
  }

  const recorded = carePending ? 'crew.care_pending' : assignment.care_record_id ? 'crew.care_done' : 'crew.care'
  const label = stuck ? t('crew.stuck') : needsDestination(standing) ? t('crew.choose_hospital') : next ? stageWord(t, next) : ''
  return (
    <footer className="crew-footer">
      <Suggestion assignment={assignment} next={stuck ? null : next} take={step} />
      <div className="crew-row">
        {standing.at.arrived !== undefined && (
          <button type="button" className="crew-button" onClick={() => open('care')}>
            <CrewIcon name="record" size={20} />
            {t(recorded)}
          </button>
        )}
        {endsOf(standing).length > 0 && !stuck && (
          <button type="button" className="crew-button" onClick={() => open('end')}>
            <CrewIcon name="end" size={20} />
            {t('crew.other_end')}
          </button>
        )}
        <Undo assignment={assignment} />
      </div>
      <BigButton label={label} icon={stuck ? 'warning' : needsDestination(standing) ? 'hospital' : (next && ICONS[next]) || 'check'} onPress={press} />
    </footer>
  )
}

function Undo({ assignment }: { assignment: Assignment }) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const box = useBox()
  const { world } = useNow()
  const last = undoable(assignment, box.items, world)
  if (!last) return null
  async function undo() {
    if (!last || (last.itemId && (await desk.outbox.withdraw(last.itemId)))) return
    await add(undoItem({ world: desk.world, at: desk.clock.now() }, assignment.id, last.stage, t('crew.undo_reason')))
  }
  return (
    <button type="button" className="crew-link" onClick={() => void undo()}>
      {t('crew.undo')}
    </button>
  )
}

/** The geofence believes that a stage has come; a person says so. */
function Suggestion({ assignment, next, take }: { assignment: Assignment; next: Stage | null; take(stage: Stage, at: number): Promise<number | null> }) {
  const t = useT()
  const { proposal } = assignment
  if (!proposal || !next || proposal.stage !== next) return null
  const at = Date.parse(proposal.at)
  return (
    <button type="button" className="crew-suggestion" onClick={() => void take(next, at)}>
      <b>{t('crew.suggest', { stage: stageWord(t, next) })}</b>
      <span>{t('crew.suggest_take', { t: clockTime(at) })}</span>
    </button>
  )
}

/** How call-taking ends: the type, the hold, the end; for a case that is done, its closing. */
import { Select } from 'antd'
import { useState } from 'react'
import { ACCEPTANCES, type Acceptance, type Assignment } from '../api/cases'
import { isOpen } from '../domain/cases'
import { useT } from '../i18n/context'
import { timer } from '../i18n/format'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import type { InHand } from './deskState'
import { Failure } from './Failure'
import { HoldLine } from './HoldLine'
import { useDispatch } from './useDispatch'

export const OUTCOMES = ['completed', 'false_alarm', 'refused', 'no_vehicle', 'transferred'] as const

export interface FootActions {
  end(acceptance: Acceptance | null): void
  hold(reason: string, until: string | undefined): void
  resume(): void
  close(outcome: string): void
}

interface Props {
  hand: InHand
  assignments: readonly Assignment[]
  usual: Acceptance
  locked: boolean
  now: number
  actions: FootActions
}

export function IntakeFoot({ hand, assignments, usual, locked, now, actions }: Props) {
  const t = useT()
  const { dispatch } = useDispatch()
  const { holding } = useStore(dispatch)
  const [chosen, setChosen] = useState<{ key: string; acceptance: Acceptance } | null>(null)
  const { call, incident } = hand
  const taking = call?.status === 'call_taking' || call?.status === 'answered'
  const acceptance = chosen?.key === hand.key ? chosen.acceptance : null
  const busy = assignments.some(isOpen)
  const began = call?.call_taking_began_at ? Date.parse(call.call_taking_began_at) : null
  const held = incident?.status === 'held'
  return (
    <footer className="intake-foot">
      <Failure at="form" />
      {holding && incident && !held && <HoldLine onHold={actions.hold} />}
      <div className="foot-row">
        {taking && (
          <>
            <Select
              className="acceptance"
              suffixIcon={<Icon name="down" size={12} />}
              aria-label={t('end.type')}
              disabled={locked}
              value={acceptance ?? usual}
              onChange={(value: Acceptance) => (value === 'held' ? dispatch.set({ holding: true }) : setChosen({ key: hand.key, acceptance: value }))}
              options={ACCEPTANCES.map((value) => ({ value, label: t(`acceptance.${value}`), disabled: !incident && value !== 'refused' && value !== 'transferred' }))}
            />
            <button type="button" className="action primary" disabled={locked} onClick={() => actions.end(acceptance)}>
              {t('end.submit')} <kbd>Ctrl Enter</kbd>
            </button>
          </>
        )}
        {incident && incident.status !== 'closed' && (
          <button type="button" className="action" disabled={locked || (busy && !held)} title={busy ? t('hold.busy') : undefined} onClick={() => (held ? actions.resume() : dispatch.set({ holding: !holding }))}>
            {t(held ? 'hold.resume' : 'hold.name')} <kbd>H</kbd>
          </button>
        )}
        {incident && !taking && incident.status !== 'closed' && (
          <Select
            className="closing"
            suffixIcon={<Icon name="down" size={12} />}
            aria-label={t('close.name')}
            placeholder={t('close.name')}
            disabled={locked || busy}
            value={null}
            onChange={(value: string | null) => value && actions.close(value)}
            options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          />
        )}
        {began !== null && (
          <span className="taking-time">
            {t('end.taking')} <b className="number">{timer((call?.call_taking_ended_at ? Date.parse(call.call_taking_ended_at) : now) - began)}</b>
          </span>
        )}
      </div>
    </footer>
  )
}

/** How an assignment ends otherwise; each end is chosen first and recorded by a second press. */
import { useState } from 'react'
import { useT } from '../../i18n/context'
import { clockTime } from '../../i18n/format'
import { word } from '../../i18n/translate'
import { useAdd, useCrew, useNow } from '../screen/context'
import { endsOf, lastAt, type Standing } from '../stages'
import { stageItem } from '../steps'
import type { Assignment, EndResult } from '../types'
import { Sheet } from './Sheet'

interface Props {
  assignment: Assignment
  standing: Standing
  onClose(): void
}

export function EndSheet({ assignment, standing, onClose }: Props) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const [chosen, setChosen] = useState<EndResult | null>(null)
  const { world } = useNow()
  async function record() {
    if (!chosen) return
    const at = Math.max(desk.clock.now(), lastAt(standing) + 1)
    if (await add(stageItem({ world: desk.world, at }, assignment.id, 'closed', chosen))) {
      navigator.vibrate?.(12)
      onClose()
    }
  }
  if (chosen)
    return (
      <Sheet title={word(t, 'crew.end', chosen)} onClose={onClose}>
        <p>{t('crew.end_sure', { t: clockTime(world) })}</p>
        <button type="button" className="crew-button is-strong is-wide" onClick={() => void record()}>
          {t('crew.end_record', { end: word(t, 'crew.end', chosen) })}
        </button>
        <button type="button" className="crew-button is-wide" onClick={() => setChosen(null)}>
          {t('crew.back')}
        </button>
      </Sheet>
    )
  return (
    <Sheet title={t('crew.other_end')} onClose={onClose}>
      <ul className="crew-list">
        {endsOf(standing).map((end) => (
          <li key={end}>
            <button type="button" onClick={() => setChosen(end)}>
              <b>{word(t, 'crew.end', end)}</b>
              <span>{word(t, 'crew.end_hint', end)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** The steps done, the one to come, the ones after it. */
import { useT } from '../../i18n/context'
import { clockTime } from '../../i18n/format'
import { word } from '../../i18n/translate'
import { nextStage, PATIENT_RAIL, PLAIN_RAIL, type Standing } from '../stages'

export function StepRail({ standing }: { standing: Standing }) {
  const t = useT()
  const next = nextStage(standing)
  const rail = standing.carries ? PATIENT_RAIL : PLAIN_RAIL
  return (
    <ol className="crew-rail" aria-label={t('crew.steps')}>
      {rail.map((stage, i) => {
        const at = standing.at[stage]
        const state = at !== undefined ? 'done' : stage === next ? 'next' : 'later'
        return (
          <li key={stage} className={`is-${state}`} aria-current={state === 'next' ? 'step' : undefined}>
            <i>{state === 'done' ? '✓' : i + 1}</i>
            <span>{word(t, 'crew.short', stage)}</span>
            <time>{at !== undefined ? clockTime(at).slice(0, 5) : ''}</time>
          </li>
        )
      })}
    </ol>
  )
}

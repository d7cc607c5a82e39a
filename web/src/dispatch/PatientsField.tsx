/** 患者: how many of which colour; the letter stands with the colour, always. */
import { COLOURS, type Triage } from '../api/cases'
import { useT } from '../i18n/context'
import { FieldLabel } from './FieldLabel'
import type { Intake } from './useIntake'

const MAX = 99_999
const FIELDS = [...COLOURS, 'untriaged'] as const

export function PatientsField({ intake }: { intake: Intake }) {
  const t = useT()
  const { draft, locked, update } = intake
  if (!draft) return null
  const total = FIELDS.reduce((sum, colour) => sum + draft.patients[colour], 0)
  const set = (colour: keyof Triage, text: string) => {
    const n = Math.min(MAX, Math.max(0, Math.floor(Number(text) || 0)))
    update({ patients: { ...draft.patients, [colour]: n } })
  }
  return (
    <div className="field">
      <FieldLabel name={t('patients.name')} alt={6}>
        {t('patients.total', { n: total })}
      </FieldLabel>
      <div className="patients">
        {FIELDS.map((colour, i) => (
          <label key={colour} className={`patient ${colour}`} title={t(`triage.${colour}`)}>
            <span>{t(`triage_short.${colour}`)}</span>
            <input
              type="number"
              min={0}
              max={MAX}
              data-field={i === 0 ? '6' : undefined}
              aria-label={t(`triage.${colour}`)}
              disabled={Boolean(locked)}
              value={draft.patients[colour]}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => set(colour, event.target.value)}
            />
          </label>
        ))}
      </div>
    </div>
  )
}

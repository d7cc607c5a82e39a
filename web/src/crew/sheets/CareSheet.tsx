/** 院前急救病历 in under a minute: severity and measures by thumb, the rest if there is time. A draft survives anything. */
import { useState } from 'react'
import { useT } from '../../i18n/context'
import { word } from '../../i18n/translate'
import { drop, read, write } from '../desk/cache'
import { useAdd, useCrew } from '../screen/context'
import { careItem, MAX_FINDINGS, type CareForm } from '../steps'
import { Sheet } from './Sheet'
import { Toggles } from './Toggles'

const SEVERITIES = ['critical', 'severe', 'moderate', 'mild', 'dead']
const MEASURES = ['cpr', 'defibrillation', 'airway', 'ventilation', 'oxygen', 'suction', 'ecg', 'monitoring', 'iv', 'medication', 'glucose', 'haemostasis', 'immobilisation', 'bandaging']
const OUTCOMES = ['transported', 'handed_over', 'refused', 'died_on_scene', 'died_after_rescue']
const SEXES = ['female', 'male', 'unknown']
const EMPTY: CareForm = { severity: '', measures: [], outcome: null, name: '', age: '', sex: '', findings: '' }

interface Props {
  assignmentId: string
  /** It was written before; writing replaces it. */
  again: boolean
  onClose(): void
}

export function CareSheet({ assignmentId, again, onClose }: Props) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const draft = `draft.${assignmentId}`
  const [form, setForm] = useState<CareForm>(() => ({ ...EMPTY, ...read<CareForm>(draft) }))
  const change = (patch: Partial<CareForm>) => {
    const next = { ...form, ...patch }
    setForm(next)
    write(draft, next)
  }
  const toggle = (measure: string) => change({ measures: form.measures.includes(measure) ? form.measures.filter((m) => m !== measure) : [...form.measures, measure] })
  const options = (family: string, keys: readonly string[]) => keys.map((key) => [key, word(t, family, key)] as const)

  async function save() {
    if (!(await add(careItem({ world: desk.world, at: desk.clock.now() }, assignmentId, form)))) return
    navigator.vibrate?.(12)
    drop(draft)
    onClose()
  }
  return (
    <Sheet title={t('crew.care_title')} onClose={onClose}>
      {again && <p className="crew-quiet">{t('crew.care_again')}</p>}
      <h3>{t('crew.severity')}</h3>
      <Toggles label={t('crew.severity')} options={options('crew.severity', SEVERITIES)} value={form.severity} onChange={(severity) => change({ severity: severity ?? '' })} />
      <h3>{t('crew.measures')}</h3>
      <Toggles wide label={t('crew.measures')} options={options('crew.measure', MEASURES)} values={form.measures} onToggle={toggle} />
      <h3>{t('crew.outcome')}</h3>
      <Toggles wide label={t('crew.outcome')} options={options('crew.outcome', OUTCOMES)} value={form.outcome} onChange={(outcome) => change({ outcome })} />
      <h3>{t('crew.patient')}</h3>
      <Toggles label={t('crew.sex')} options={options('crew.sex', SEXES)} value={form.sex} onChange={(sex) => change({ sex: sex ?? '' })} />
      <div className="crew-pair">
        <label className="crew-field">
          {t('crew.name')}
          <input value={form.name} maxLength={80} autoComplete="off" onChange={(event) => change({ name: event.target.value })} />
        </label>
        <label className="crew-field">
          {t('crew.age')}
          <input value={form.age} maxLength={20} inputMode="numeric" autoComplete="off" onChange={(event) => change({ age: event.target.value })} />
        </label>
      </div>
      <label className="crew-field">
        {t('crew.findings')}
        <textarea rows={3} value={form.findings} maxLength={MAX_FINDINGS} onChange={(event) => change({ findings: event.target.value })} />
      </label>
      <div className="crew-sheet-foot">
        {!form.severity && <p className="crew-quiet">{t('crew.care_need')}</p>}
        <button type="button" className="crew-button is-strong is-wide" disabled={!form.severity} onClick={() => void save()}>
          {t('crew.care_save')}
        </button>
      </div>
    </Sheet>
  )
}

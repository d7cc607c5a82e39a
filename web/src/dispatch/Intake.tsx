/** 受理: the form of the case in hand. It never loses a keystroke and nothing opens on top of it. */
import { Select } from 'antd'
import { GRADES, PRIORITIES, type Assignment, type Priority } from '../api/cases'
import type { Acceptance } from '../api/cases'
import type { Fill } from '../domain/cases'
import type { Similar } from '../domain/duplicates'
import { useT } from '../i18n/context'
import { clockTime } from '../i18n/format'
import { Icon } from '../ui/icons'
import { CallerRow } from './CallerRow'
import { ChoiceGroup } from './ChoiceGroup'
import type { InHand } from './deskState'
import { DuplicateNotice } from './DuplicateNotice'
import { FieldLabel } from './FieldLabel'
import { IntakeFoot, type FootActions } from './IntakeFoot'
import { GradeMark, PriorityMark } from './Mark'
import { NeedsField } from './NeedsField'
import { NotesLine } from './NotesLine'
import { PatientsField } from './PatientsField'
import { PlaceField } from './PlaceField'
import { useDispatch } from './useDispatch'
import type { Intake as Form } from './useIntake'

const TYPES = ['medical', 'trauma', 'infectious_disease', 'poisoning', 'obstetric', 'paediatric', 'mass_casualty', 'transfer', 'standby', 'other'] as const

interface Props {
  hand: InHand | null
  form: Form
  fills: readonly Fill[]
  assignments: readonly Assignment[]
  similar: readonly Similar[]
  usual: Acceptance
  now: number
  actions: FootActions & { attend(): void; link(id: string): void }
}

export function Intake({ hand, form, fills, assignments, similar, usual, now, actions }: Props) {
  const t = useT()
  const { barred } = useDispatch()
  const { draft } = form
  if (!hand || !draft)
    return (
      <section className="panel intake" aria-label={t('intake.title')} data-region="form">
        <header className="panel-head">
          <h2>{t('intake.title')}</h2>
        </header>
        <p className="empty">
          {t('intake.empty')}
          <span>
            <kbd>F2</kbd> {t('intake.empty_answer')}
          </span>
          <span>
            <kbd>F3</kbd> {t('intake.empty_next')}
          </span>
        </p>
      </section>
    )
  const linkable = hand.call !== null && (hand.incident === null || assignments.length === 0) && hand.call.status !== 'ringing'
  return (
    <section className="panel intake" aria-label={t('intake.title')} data-region="form">
      <Head hand={hand} form={form} />
      <div className="intake-scroll">
        {form.attendedBy && hand.incident?.status !== 'closed' && (
          <div className="ask" role="status">
            <Icon name="headset" size={18} />
            <span>{t('attend.ask', { name: form.attendedBy })}</span>
            <button type="button" className="action" disabled={barred !== null} title={barred ? t(barred) : undefined} onClick={actions.attend}>
              {t('attend.take')}
            </button>
          </div>
        )}
        {!form.attendedBy && form.locked && <p className="ask">{form.locked}</p>}
        {form.clash && (
          <div className="ask alarm-edge" role="alert">
            <span>{t('intake.clash')}</span>
            <button type="button" className="action" onClick={form.overrule}>
              {t('intake.overrule')}
            </button>
          </div>
        )}
        {form.failure && (
          <div className="ask alarm-edge" role="alert">
            <span>{form.failure}</span>
            <button type="button" className="action" onClick={form.retry}>
              {t('intake.retry')}
            </button>
          </div>
        )}
        <DuplicateNotice similar={similar} now={now} linkable={linkable} onLink={actions.link} />
        <CallerRow call={hand.call} intake={form} />
        <PlaceField intake={form} />
        <Complaint form={form} />
        <Choices form={form} />
        <PatientsField intake={form} />
        <NeedsField intake={form} fills={fills} />
        {hand.incident && <NotesLine key={hand.incident.id} incident={hand.incident} locked={Boolean(form.locked)} now={now} />}
      </div>
      <IntakeFoot hand={hand} assignments={assignments} usual={usual} locked={Boolean(form.locked)} now={now} actions={actions} />
    </section>
  )
}

function Head({ hand, form }: { hand: InHand; form: Form }) {
  const t = useT()
  const { draft } = form
  const { incident } = hand
  const kept = draft?.keptAt ? clockTime(draft.keptAt) : ''
  const unsaved = (draft?.dirty.length ?? 0) > 0
  const state = form.saving ? t('intake.saving') : unsaved ? t('form.draft', { t: kept }) : incident ? t('intake.in_record') : ''
  return (
    <header className="panel-head">
      {incident && <PriorityMark priority={draft?.priority ?? incident.priority} />}
      <h2>{incident ? t('intake.incident', { no: incident.number }) : t('intake.call')}</h2>
      {incident && incident.status !== 'open' && <em className="flag plain">{t(`incident_status.${incident.status}`)}</em>}
      <span className={`saved ${unsaved ? 'unsaved' : ''}`} role="status">
        {!unsaved && incident && <Icon name="check" size={14} />}
        {state}
      </span>
    </header>
  )
}

function Complaint({ form }: { form: Form }) {
  const t = useT()
  const { draft, locked, update } = form
  if (!draft) return null
  return (
    <div className="field">
      <FieldLabel name={t('complaint.name')} alt={2} htmlFor="complaint">
        <Select
          size="small"
          variant="borderless"
          popupMatchSelectWidth={false}
          suffixIcon={<Icon name="down" size={12} />}
          aria-label={t('incident_type')}
          disabled={Boolean(locked)}
          value={draft.incidentType}
          onChange={(incidentType: string) => update({ incidentType })}
          options={TYPES.map((value) => ({ value, label: t(`incident.${value}`) }))}
        />
      </FieldLabel>
      <textarea
        id="complaint"
        data-field="2"
        rows={2}
        maxLength={2000}
        disabled={Boolean(locked)}
        placeholder={draft.personalKnown ? t('complaint.hint') : t('private.hidden_focus')}
        value={draft.description}
        onFocus={() => void form.reveal()}
        onChange={(event) => draft.personalKnown && update({ description: event.target.value })}
      />
    </div>
  )
}

function Choices({ form }: { form: Form }) {
  const t = useT()
  const { draft, locked, update } = form
  if (!draft) return null
  const barred = Boolean(locked)
  return (
    <>
      <div className="field">
        <FieldLabel name={t('priority.name')} alt={3}>
          {draft.priority === null && <em className="wanted">{t('priority.wanted')}</em>}
        </FieldLabel>
        <ChoiceGroup<Priority>
          label={t('priority.name')}
          field="3"
          disabled={barred}
          value={draft.priority}
          onChange={(priority) => update({ priority })}
          options={PRIORITIES.map((value) => ({
            value,
            content: (
              <>
                <b>{value}</b> {t(`priority.${value}`)}
              </>
            ),
          }))}
        />
      </div>
      <div className="field-pair">
        <div>
          <FieldLabel name={t('infectious.name')} alt={4} />
          <ChoiceGroup<'yes' | 'no'>
            label={t('infectious.name')}
            field="4"
            disabled={barred}
            value={draft.infectious ? 'yes' : 'no'}
            onChange={(value) => update({ infectious: value === 'yes' })}
            options={[
              { value: 'yes', content: t('infectious.yes') },
              { value: 'no', content: t('infectious.no') },
            ]}
          />
        </div>
        <div>
          <FieldLabel name={t('grade.name')} alt={5} />
          <div data-field="5">
            <Select
              className="grade-select"
              suffixIcon={<Icon name="down" size={12} />}
              aria-label={t('grade.name')}
              placeholder={t('grade.pending')}
              disabled={barred}
              value={draft.grade}
              onChange={(grade) => update({ grade })}
              options={GRADES.map((value) => ({ value, label: <GradeMark grade={value} /> }))}
            />
          </div>
        </div>
      </div>
    </>
  )
}

/** What is said of a mark: type, name, details, and until when it is valid. */
import { Select } from 'antd'
import { useId } from 'react'
import { MARK_TYPES, type MarkType } from '../../api/marks'
import { HOURS, localText, type Validity } from '../../domain/validity'
import { useT } from '../../i18n/context'
import { word } from '../../i18n/translate'
import { Icon } from '../../ui/icons'

export interface MarkText {
  type: MarkType
  title: string
  text: string
  validity: Validity
}

interface Props {
  value: MarkText
  now: number
  onChange(value: MarkText): void
  onSubmit(): void
}

const TITLE_MAX = 80
const TEXT_MAX = 300

export function MarkFields({ value, now, onChange, onSubmit }: Props) {
  const t = useT()
  const id = useId()
  const set = (patch: Partial<MarkText>) => onChange({ ...value, ...patch })
  const { validity } = value
  const hours = validity && 'hours' in validity ? validity.hours : null
  const until = validity && 'until' in validity ? validity.until : null
  return (
    <div className="mark-fields">
      <label htmlFor={`${id}-type`}>{t('draw.type')}</label>
      <Select
        id={`${id}-type`}
        suffixIcon={<Icon name="down" size={12} />}
        value={value.type}
        onChange={(type) => set({ type })}
        options={MARK_TYPES.map((type) => ({ value: type, label: word(t, 'mark', type) }))}
      />
      <label htmlFor={`${id}-title`}>{t('draw.name')}</label>
      <input
        id={`${id}-title`}
        className="line-input"
        maxLength={TITLE_MAX}
        placeholder={t('draw.name_hint')}
        value={value.title}
        onChange={(event) => set({ title: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onSubmit()
        }}
      />
      <label htmlFor={`${id}-text`}>{t('draw.text')}</label>
      <textarea
        id={`${id}-text`}
        className="line-input"
        rows={2}
        maxLength={TEXT_MAX}
        placeholder={t('draw.text_hint')}
        value={value.text}
        // The record keeps one line.
        onChange={(event) => set({ text: event.target.value.replace(/\s*\n\s*/g, ' ') })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit()
        }}
      />
      <span id={`${id}-until`}>{t('draw.until')}</span>
      <div className="segments wrap" role="group" aria-labelledby={`${id}-until`}>
        {HOURS.map((n) => (
          <button key={n} type="button" aria-pressed={hours === n} onClick={() => set({ validity: { hours: n } })}>
            {t('draw.hours', { n })}
          </button>
        ))}
        <button type="button" aria-pressed={validity === null} onClick={() => set({ validity: null })}>
          {t('draw.open_ended')}
        </button>
        <button type="button" aria-pressed={until !== null} onClick={() => set({ validity: { until: localText(now + 3600_000) } })}>
          {t('draw.at')}
        </button>
      </div>
      {until !== null && (
        <input type="datetime-local" className="line-input" aria-label={t('draw.until_at')} value={until} min={localText(now)} onChange={(event) => set({ validity: { until: event.target.value } })} />
      )}
    </div>
  )
}

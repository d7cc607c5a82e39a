/** One field of a form with its fault. */
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useDesk } from '../app/desk'
import { areasOf } from '../domain/areas'
import type { LonLat } from '../domain/datum'
import type { Draft, Field, FormKind, Wrong } from '../domain/registry'
import { useI18n } from '../i18n/context'
import { nameIn } from '../i18n/names'
import { word, type Key } from '../i18n/translate'
import { zh } from '../i18n/zh'
import { useClearing } from '../ui/clearing'
import { Icon } from '../ui/icons'
import { PointField } from './PointField'

interface Props {
  kind: FormKind
  field: Field
  draft: Draft
  fault: Wrong | undefined
  autoFocus?: boolean
  onChange(draft: Draft): void
}

export function FieldRow(props: Props) {
  const { field, fault } = props
  const { t } = useI18n()
  const id = `field-${field.name}`
  return (
    <div className={`field-row ${fault ? 'wrong' : ''}`}>
      <label htmlFor={id}>
        {t(`field.${field.name}` as Key)}
        {field.required ? '' : ` ${t('registry.optional')}`}
      </label>
      <Control {...props} id={id} />
      {fault && (
        <p className="alarm" id={`${id}-fault`}>
          {t(`wrong.${fault}`, { max: field.max ?? 0, min: field.min ?? 0 })}
        </p>
      )}
    </div>
  )
}

function Control({ field, draft, fault, autoFocus, onChange, id }: Props & { id: string }): ReactNode {
  const { t, language } = useI18n()
  const { feed } = useDesk()
  const clearing = useClearing()
  const value = draft[field.name]
  const set = (next: Draft[string]) => onChange({ ...draft, [field.name]: next })
  const select = {
    id,
    showSearch: true,
    allowClear: !field.required && clearing,
    optionFilterProp: 'label',
    status: fault ? ('error' as const) : undefined,
    suffixIcon: <Icon name="down" size={12} />,
    'aria-label': t(`field.${field.name}` as Key),
  }
  switch (field.form) {
    case 'words':
      return <Select {...select} mode="tags" value={value as string[] | undefined} onChange={set} options={wordsOf(field.family ?? '').map((option) => ({ value: option, label: word(t, field.family ?? '', option) }))} />
    case 'choice':
      return <Select {...select} value={(value as string) || undefined} onChange={(next: string | undefined) => set(next ?? '')} options={(field.options ?? []).map((option) => ({ value: option, label: word(t, field.family ?? '', option) }))} />
    case 'area':
      return <Select {...select} value={(value as string) || undefined} onChange={(next: string | undefined) => set(next ?? '')} options={areasOf(feed.picture).map((area) => ({ value: area.code, label: nameIn(language, area) }))} />
    case 'reference':
      return <Select {...select} virtual value={(value as string) || undefined} onChange={(next: string | undefined) => set(next ?? '')} options={referencesOf(field, draft)} />
    case 'point':
      return <PointField required={field.required === true} value={(value as LonLat | null | undefined) ?? null} onChange={set} />
    default:
      return (
        <input
          id={id}
          autoFocus={autoFocus}
          inputMode={field.form === 'number' ? 'numeric' : undefined}
          placeholder={field.name === 'id' ? t('registry.id_hint') : undefined}
          maxLength={(field.max ?? 200) + 20}
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => set(event.target.value)}
        />
      )
  }

  /** What may be named, that of the chosen jurisdiction first. */
  function referencesOf({ kinds = [] }: Field, { jurisdiction }: Draft) {
    const all = kinds.flatMap((kind) => [...feed.picture.all(kind as 'facility')]).filter((entity) => !entity.retired)
    const near = (entity: { jurisdiction: string }) => (entity.jurisdiction === jurisdiction ? 0 : 1)
    return all.sort((a, b) => near(a as never) - near(b as never) || a.id.localeCompare(b.id)).map((entity) => ({ value: entity.id, label: `${entity.name} · ${entity.id}` }))
  }
}

/** Words that the dictionary knows of a family. */
function wordsOf(family: string): string[] {
  return Object.keys(zh).flatMap((key) => (key.startsWith(`${family}.`) ? [key.slice(family.length + 1)] : []))
}

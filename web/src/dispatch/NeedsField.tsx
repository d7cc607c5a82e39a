/** 需求: so many units of which kind; how many of them are on their way or done. */
import { Select } from 'antd'
import { useMemo } from 'react'
import type { Wanted } from '../api/cases'
import type { Fill } from '../domain/cases'
import { capabilitiesIn } from '../domain/capabilities'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { word, type Translate } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { FieldLabel } from './FieldLabel'
import { useDispatch } from './useDispatch'
import type { Intake } from './useIntake'

export function needName(t: Translate, need: Wanted): string {
  const kind = t(`kind.${need.kind}`)
  const what = need.class ? t(`class.${need.class}`) : need.capability ? capabilityName(t, need.capability) : ''
  return what ? t('need.name', { kind, what }) : kind
}

function capabilityName(t: Translate, value: string): string {
  for (const family of ['vehicle', 'cap', 'spec']) {
    const name = word(t, family, value)
    if (name !== value) return name
  }
  return value
}

export function NeedsField({ intake, fills }: { intake: Intake; fills: readonly Fill[] }) {
  const t = useT()
  const { feed, dispatch } = useDispatch()
  const epoch = feed.picture.epoch
  const options = useMemo(() => {
    void epoch
    return optionsOf(feed.picture, t)
  }, [feed, epoch, t])
  const { draft, locked, update } = intake
  if (!draft) return null
  const set = (i: number, count: number) =>
    update({ needs: count < 1 ? draft.needs.filter((_, at) => at !== i) : draft.needs.map((need, at) => (at === i ? { ...need, count } : need)) })
  const add = (value: string) => update({ needs: [...draft.needs, JSON.parse(value) as Wanted] })
  return (
    <div className="field">
      <FieldLabel name={t('need.title')} alt={7} />
      <ul className="needs">
        {draft.needs.map((need, i) => {
          const fill = fills.find(({ need: n }) => same(n, need))
          const filled = fill?.filled ?? 0
          return (
            <li key={`${i}/${need.kind}/${need.class}/${need.capability}`}>
              <button type="button" className="need-name" data-field={i === 0 ? '7' : undefined} disabled={!fill} title={t('need.recommend')} onClick={() => dispatch.set({ needId: fill?.need.id ?? null, armed: null })}>
                {needName(t, need)}
              </button>
              <b className={filled < need.count ? 'short' : ''} aria-label={t('need.filled', { n: filled, m: need.count })}>
                {filled} / {need.count}
              </b>
              <button type="button" className="step" aria-label={t('need.less', { name: needName(t, need) })} disabled={Boolean(locked) || (need.count === 1 && draft.needs.length === 1)} onClick={() => set(i, need.count - 1)}>
                <Icon name="minus" size={13} />
              </button>
              <button type="button" className="step" aria-label={t('need.more', { name: needName(t, need) })} disabled={Boolean(locked)} onClick={() => set(i, need.count + 1)}>
                <Icon name="plus" size={13} />
              </button>
            </li>
          )
        })}
        <li className="need-add">
          <Select
            size="small"
            showSearch
            variant="borderless"
            optionFilterProp="label"
            suffixIcon={<Icon name="down" size={12} />}
            aria-label={t('need.add')}
            placeholder={t('need.add')}
            disabled={Boolean(locked)}
            value={null}
            onChange={(value: string | null) => value && add(value)}
            options={options}
          />
        </li>
      </ul>
    </div>
  )
}

function same(a: Wanted, b: Wanted): boolean {
  return a.kind === b.kind && a.class === b.class && a.capability === b.capability
}

function optionsOf(picture: Picture, t: Translate): { value: string; label: string }[] {
  const want = (kind: Wanted['kind'], over: Partial<Wanted> = {}): Wanted => ({ kind, class: null, capability: null, count: 1, ...over })
  const wanted = [
    want('ambulance'),
    ...(['A', 'B', 'C', 'D'] as const).map((letter) => want('ambulance', { class: letter })),
    want('team'),
    ...capabilitiesIn(picture, 'team').map(({ value }) => want('team', { capability: value })),
    ...capabilitiesIn(picture, 'special_vehicle').filter(({ family }) => family === 'vehicle').map(({ value }) => want('special_vehicle', { capability: value })),
  ]
  return wanted.map((need) => ({ value: JSON.stringify(need), label: needName(t, need) }))
}

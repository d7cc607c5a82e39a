/** Chooses a jurisdiction; a city stands for its counties too. */
import { Select } from 'antd'
import { useDesk } from '../app/desk'
import { areasOf } from '../domain/areas'
import { useI18n } from '../i18n/context'
import { nameIn } from '../i18n/names'
import { useClearing } from './clearing'
import { Icon } from './icons'

export function AreaSelect({ value, onChange }: { value: string | null; onChange(code: string | null): void }) {
  const { t, language } = useI18n()
  const { feed } = useDesk()
  const clearing = useClearing()
  return (
    <Select
      showSearch
      allowClear={clearing}
      className="area-select"
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      suffixIcon={<Icon name="down" size={12} />}
      aria-label={t('kpi.area')}
      placeholder={t('kpi.area_all')}
      value={value ?? undefined}
      onChange={(code: string | undefined) => onChange(code ?? null)}
      options={areasOf(feed.picture).map((area) => ({ value: area.code, label: nameIn(language, area) }))}
    />
  )
}

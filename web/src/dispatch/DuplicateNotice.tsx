/** 附近有相似事件: said before the next step, never in its way. */
import type { Similar } from '../domain/duplicates'
import { assignmentsOf, isOpen, shortNumber } from '../domain/cases'
import { isUnit } from '../domain/units'
import { useI18n } from '../i18n/context'
import { age, distance } from '../i18n/format'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { areaName } from './place'
import { useDispatch } from './useDispatch'

export function DuplicateNotice({ similar, now, linkable, onLink }: { similar: readonly Similar[]; now: number; linkable: boolean; onLink(id: string): void }) {
  const { t, language } = useI18n()
  const { feed, barred } = useDispatch()
  const [first] = similar
  if (!first) return null
  const { incident } = first
  const open = assignmentsOf(feed.picture, incident).filter(isOpen)
  const units = open.map((a) => feed.picture.get(a.unit_id)).filter(isUnit)
  const patients = Object.values(incident.patients).reduce((sum, n) => sum + n, 0)
  const facts = [
    distance(first.distance),
    age(t, Date.parse(incident.opened_at), now),
    word(t, 'incident', incident.incident_type),
    patients > 0 ? t('queue.patients', { n: patients }) : '',
    areaName(feed.picture, incident.jurisdiction, language),
    ...units.slice(0, 2).map((unit) => `${unit.name} ${t(`unit.${unit.status}`)}`),
  ].filter(Boolean)
  return (
    <div className="duplicate" role="status">
      <Icon name="warning" size={20} />
      <p>
        <b>{t('duplicate.title', { no: shortNumber(incident.number) })}</b>
        <span>{facts.join(' · ')}</span>
        {similar.length > 1 && <span>{t('duplicate.more', { n: similar.length - 1 })}</span>}
      </p>
      <button type="button" className="action" disabled={barred !== null || !linkable} title={linkable ? undefined : t('duplicate.not_linkable')} onClick={() => onLink(incident.id)}>
        {t('duplicate.link')} <kbd>O</kbd>
      </button>
    </div>
  )
}

/** 救护车: what can go now, what is at work and in which state, what is off; then area by area. */
import { useDesk } from '../app/desk'
import type { UnitStatus } from '../api/types'
import { fleetOf, type AreaFleet } from '../domain/wall'
import { useI18n } from '../i18n/context'
import { count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { LOOKS } from '../map/symbols/units'
import { useFeed } from '../ui/hooks'
import { FitRows } from './FitRows'
import { WallPanel } from './WallPanel'

const AT_WORK = ['assigned', 'en_route', 'on_scene', 'transporting', 'at_hospital', 'returning', 'decontaminating'] as const satisfies readonly UnitStatus[]

export function AmbulancePanel() {
  const { t, language } = useI18n()
  const { feed } = useDesk()
  useFeed(feed, 'entities', 500)
  const fleet = fleetOf(feed.picture)
  return (
    <WallPanel name="ambulances" title={t('kind.ambulance')} total={fleet.total}>
      <dl className="big-figures">
        {(['available', 'busy', 'off'] as const).map((group) => (
          <div key={group} className={group}>
            <dd className="figure">{count(fleet.groups[group])}</dd>
            <dt>{t(`wall.group_${group}`)}</dt>
          </div>
        ))}
      </dl>
      <dl className="statuses">
        {AT_WORK.map((status) => (
          <div key={status} className={`family-${LOOKS[status].family}`} data-status={status}>
            <dt>{t(`wall_status.${status}`)}</dt>
            <dd className="figure">{fleet.byStatus.get(status) ?? 0}</dd>
          </div>
        ))}
      </dl>
      <FitRows rows={fleet.areas} height={34} keyOf={(area) => area.code} trouble={(area) => area.groups.available} empty={t('wall.no_ambulances')}>
        {(area) => <Area area={area} name={shortName(nameIn(language, area.jurisdiction, area.code))} />}
      </FitRows>
    </WallPanel>
  )
}

function Area({ area: { groups, total }, name }: { area: AreaFleet; name: string }) {
  return (
    <div className="area-row">
      <span className="name">{name}</span>
      <span className="wall-bar" aria-hidden="true">
        {(['available', 'busy', 'off'] as const).map((group) => groups[group] > 0 && <i key={group} className={group} style={{ flexGrow: groups[group] }} />)}
      </span>
      <b className={`figure ${groups.available === 0 ? 'none' : ''}`}>{count(groups.available)}</b>
      <small>/ {count(total)}</small>
    </div>
  )
}

/** 阳泉 of 阳泉市. */
function shortName(name: string): string {
  return /^\p{Script=Han}{2,}[\u5e02\u53bf\u533a]$/u.test(name) ? name.slice(0, -1) : name
}

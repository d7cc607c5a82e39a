/** 队伍与战备: teams, then what could go now against what the norms ask for. */
import { useDesk } from '../app/desk'
import { readinessOf, type Readiness } from '../domain/readiness'
import { teamsOf } from '../domain/wall'
import { useT } from '../i18n/context'
import { count } from '../i18n/format'
import { dateOf } from '../kpi/period'
import { useFeed } from '../ui/hooks'
import { FitRows } from './FitRows'
import { StateMark } from './Mark'
import { WallPanel } from './WallPanel'

const TROUBLE = { missed: 0, near: 1, met: 2 }

export function ReadinessPanel() {
  const t = useT()
  const { feed } = useDesk()
  useFeed(feed, 'entities', 1_000)
  const { groups, short } = teamsOf(feed.picture)
  const rows = readinessOf(feed.picture, dateOf(feed.clock.now()))
  return (
    <WallPanel name="readiness" title={t('wall.readiness')}>
      <dl className="big-figures small">
        <div className="available">
          <dd className="figure">{count(groups.available)}</dd>
          <dt>{t('wall.teams_ready')}</dt>
        </div>
        <div className="busy">
          <dd className="figure">{count(groups.busy)}</dd>
          <dt>{t('wall.teams_out')}</dt>
        </div>
        <div className={short > 0 ? 'short' : 'off'}>
          <dd className="figure">{count(short)}</dd>
          <dt>{t('wall.teams_short')}</dt>
        </div>
      </dl>
      <FitRows rows={rows} height={34} keyOf={(row) => row.key} trouble={(row) => TROUBLE[row.state]} empty={feed.loading ? t('feed.loading') : t('wall.no_norms')}>
        {(row) => <Row row={row} />}
      </FitRows>
    </WallPanel>
  )
}

function Row({ row }: { row: Readiness }) {
  const t = useT()
  return (
    <div className="norm-row">
      <span className="name">{t(`wall_ready.${row.key}`)}</span>
      <b className="figure">
        {count(row.ready)} / {count(row.wanted)}
      </b>
      <small>{t(`wall_unit.${row.key}`)}</small>
      <StateMark state={row.state} />
    </div>
  )
}

/** 空床: negative pressure and ICU by hospital. */
import { useDesk } from '../app/desk'
import { bedTotals, bedTrouble, hospitalBeds, type BedCell, type HospitalBeds } from '../domain/wall'
import { useT } from '../i18n/context'
import { age, count } from '../i18n/format'
import { useFeed, useSecond } from '../ui/hooks'
import { FitRows } from './FitRows'
import { WallPanel } from './WallPanel'

export function BedsPanel() {
  const t = useT()
  const { feed } = useDesk()
  useFeed(feed, 'entities', 500)
  useSecond()
  const now = feed.clock.now()
  const rows = hospitalBeds(feed.picture, now)
  const totals = bedTotals(rows)
  const parts = [
    totals.oldest === null ? '' : t('wall.oldest', { t: age(t, totals.oldest, now) }),
    totals.unreported > 0 ? t('wall.unreported', { n: count(totals.unreported) }) : '',
  ].filter(Boolean)
  return (
    <WallPanel name="beds" title={t('wall.beds')} asOf={feed.loading ? t('feed.loading') : parts.join(' · ') || undefined}>
      <div className="bed-row bed-head">
        <span className="name">{t('wall.all_hospitals', { n: count(rows.length) })}</span>
        <span>
          {t('wall.negative')} <b className="figure">{count(totals.negative)}</b>
        </span>
        <span>
          {t('wall.icu')} <b className="figure">{count(totals.icu)}</b>
        </span>
      </div>
      <FitRows rows={rows} height={36} keyOf={(row) => row.id} trouble={bedTrouble} empty={feed.loading ? t('feed.loading') : t('wall.no_beds')}>
        {(row) => <Row row={row} />}
      </FitRows>
    </WallPanel>
  )
}

function Row({ row }: { row: HospitalBeds }) {
  const t = useT()
  return (
    <div className={`bed-row ${row.stale ? 'stale' : ''}`}>
      <span className="name">{row.name}</span>
      {row.stale && <em>{t(row.reportedAt === null ? 'wall.never' : 'wall.stale')}</em>}
      <Cell cell={row.negative} />
      <Cell cell={row.icu} />
    </div>
  )
}

function Cell({ cell }: { cell: BedCell | null }) {
  const t = useT()
  if (!cell)
    return (
      <span className="cell dim">
        <span aria-hidden="true">–</span>
        <span className="unseen">{t('wall.no_such_beds')}</span>
      </span>
    )
  return <b className={`cell figure ${cell.state}`}>{count(cell.free)}</b>
}

/** 物资预警: what is gone and what soon expires. */
import { useDesk } from '../app/desk'
import type { Item } from '../api/types'
import { EXPIRY_DAYS, oldestCount, stockAlerts, type StockAlert } from '../domain/wall'
import { useI18n } from '../i18n/context'
import { age, count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { useFeed, useSecond } from '../ui/hooks'
import { FitRows } from './FitRows'
import { WallPanel } from './WallPanel'

export function StockPanel() {
  const { t } = useI18n()
  const { feed } = useDesk()
  useFeed(feed, 'entities', 1_000)
  useSecond()
  const now = feed.clock.now()
  const rows = stockAlerts(feed.picture, now)
  const oldest = oldestCount(feed.picture)
  const asOf = oldest === null ? t('wall.never_counted') : t('wall.oldest', { t: age(t, oldest, now) })
  return (
    <WallPanel name="stock" title={t('wall.stock')} total={rows.length} asOf={feed.loading ? t('feed.loading') : asOf}>
      <FitRows rows={rows} height={56} keyOf={(row) => row.key} empty={feed.loading ? t('feed.loading') : t('wall.no_stock', { n: EXPIRY_DAYS })}>
        {(row) => <Row row={row} item={feed.picture.get(row.itemId) as Item | undefined} />}
      </FitRows>
    </WallPanel>
  )
}

function Row({ row, item }: { row: StockAlert; item: Item | undefined }) {
  const { t, language } = useI18n()
  const said = row.kind === 'out' ? `0 ${row.unit}` : row.days === 0 ? t('wall.ends_today') : t('wall.ends', { n: count(row.days ?? 0) })
  return (
    <div className="stock-row">
      <div className="name">
        <b>{nameIn(language, item, row.itemId)}</b>
        <small>{row.stockpile.name}</small>
      </div>
      <div className="said">
        <b className="figure">{said}</b>
        {row.kind === 'expiring' && (
          <small>
            {count(row.ending)} {row.unit}
          </small>
        )}
      </div>
      <em className={row.kind}>{t(`wall.${row.kind}`)}</em>
    </div>
  )
}

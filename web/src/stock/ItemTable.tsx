/** Items of a site; a row opens into its lots, first expired first. */
import { useState } from 'react'
import { isExpired } from '../domain/places'
import { isSoon, type ItemRow, type Site } from '../domain/stock'
import { useI18n, useT } from '../i18n/context'
import { count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { word } from '../i18n/translate'

const COLUMNS = ['item', 'category', 'quantity', 'lots', 'expiry', 'state'] as const

export function ItemTable({ site, now }: { site: Site; now: number }) {
  const t = useT()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => setOpen((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]))
  return (
    <div className="desk-scroll">
      <table className="desk-table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={column}>
                {t(`stock_col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {site.items.length === 0 && (
            <tr>
              <td colSpan={COLUMNS.length} className="dim">
                {t('stock.nothing')}
              </td>
            </tr>
          )}
          {site.items.map((row) => [
            <Row key={row.id} row={row} open={open.has(row.id)} onToggle={() => toggle(row.id)} />,
            open.has(row.id) && <Lots key={`${row.id}/lots`} row={row} now={now} />,
          ])}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, open, onToggle }: { row: ItemRow; open: boolean; onToggle(): void }) {
  const { t, language } = useI18n()
  const amount = `${count(row.quantity)} ${row.item?.unit ?? ''}`
  return (
    <tr className={row.state}>
      <th scope="row">
        <button type="button" aria-expanded={open} onClick={onToggle}>
          {nameIn(language, row.item, row.id)}
        </button>
      </th>
      <td className="dim">{word(t, 'item', row.item?.category)}</td>
      <td className="quantity">
        <b>{row.perDay ? t('stock.per_day', { n: amount }) : amount}</b>
      </td>
      <td className="number">{row.lots.length}</td>
      <td>{row.nextExpiry ?? ''}</td>
      <td>
        <span className={`stock-state ${row.state}`}>{t(`stock.${row.state}`)}</span>
        {row.expired > 0 && (
          <span className="stock-state expired">
            {t('stock.expired')} {row.expired}
          </span>
        )}
      </td>
    </tr>
  )
}

function Lots({ row, now }: { row: ItemRow; now: number }) {
  const t = useT()
  return (
    <tr className="lots">
      <td colSpan={COLUMNS.length}>
        <ul>
          {row.lots.map((lot) => (
            <li key={lot.id} className={isExpired(lot.expiry, now) ? 'expired' : ''}>
              <span>{lot.id}</span>
              <b>
                {count(lot.quantity)} {lot.unit}
              </b>
              <span>{lot.expiry ? t('stock.until', { d: lot.expiry }) : t('stock.no_expiry')}</span>
              {isExpired(lot.expiry, now) ? <i className="stock-state expired">{t('stock.expired')}</i> : isSoon(lot.expiry, now) ? <i className="stock-state expiring">{t('stock.expiring')}</i> : null}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}

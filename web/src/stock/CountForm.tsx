/** 盘点: every lot with its quantity; Enter goes on to the next, Ctrl Enter submits the whole. */
import { Select } from 'antd'
import { useState, type KeyboardEvent } from 'react'
import { countStock } from '../actions/countStock'
import type { Item, Stockpile } from '../api/types'
import { useDesk } from '../app/desk'
import { countOf, differing, isCountable, lotDraft, type LotDraft } from '../domain/stock'
import { useI18n } from '../i18n/context'
import { nameIn } from '../i18n/names'
import { reasonOf } from '../i18n/problem'
import { Icon } from '../ui/icons'

export function CountForm({ stockpile, onClose }: { stockpile: Stockpile; onClose(): void }) {
  const { t, language } = useI18n()
  const { feed, world } = useDesk()
  const [seen] = useState(stockpile)
  const [drafts, setDrafts] = useState<readonly LotDraft[]>(() => sorted(stockpile))
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const items = [...feed.picture.all<Item>('item')].filter((item) => !item.retired)
  const nameOf = (id: string) => nameIn(language, feed.picture.get(id), id)
  const lots = countOf(drafts)
  const changed = differing(drafts, seen.lots ?? [])
  const set = (at: number, patch: Partial<LotDraft>) => setDrafts(drafts.map((draft, i) => (i === at ? { ...draft, ...patch } : draft)))
  const add = (id: string) => {
    const item = items.find((one) => one.id === id)
    if (!item) return
    setDrafts([...drafts, { id: `lot-${crypto.randomUUID().slice(0, 13)}`, item_id: id, quantity: '', unit: item.unit ?? '', expiry: '', per_day: false }])
  }
  const submit = async () => {
    if (!lots || busy) return
    setBusy(true)
    setFailed(null)
    try {
      await countStock(world.id, seen.id, lots)
      onClose()
    } catch (error) {
      setFailed(t('stock.not_saved', { reason: reasonOf(t, error) }))
      setBusy(false)
    }
  }
  const keys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && event.ctrlKey) void submit()
    else if (event.key === 'Enter' && (event.target as HTMLElement).matches('input.quantity')) {
      const all = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input.quantity')]
      const next = all[all.indexOf(event.target as HTMLInputElement) + 1]
      next?.focus()
      next?.select()
    } else if (event.key === 'Escape' && changed === 0) onClose()
    else return
    event.preventDefault()
  }
  return (
    <form
      className="count-form"
      aria-label={t('stock.count_of', { name: seen.name })}
      onKeyDown={keys}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div className="desk-scroll">
        <table className="desk-table">
          <thead>
            <tr>
              {(['stock_col.item', 'stock_col.lot', 'field.quantity', 'field.expiry'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {drafts.map((draft, i) => (
              <tr key={draft.id}>
                <th scope="row">{nameOf(draft.item_id)}</th>
                <td className="dim">{draft.id}</td>
                <td>
                  <input className="quantity" autoFocus={i === 0} inputMode="numeric" aria-label={t('stock.quantity_of', { item: nameOf(draft.item_id) })} aria-invalid={!isCountable(draft)} value={draft.quantity} onChange={(event) => set(i, { quantity: event.target.value })} /> {draft.per_day ? t('stock.per_day', { n: draft.unit }) : draft.unit}
                </td>
                <td>
                  <input type="date" aria-label={t('stock.expiry_of', { item: nameOf(draft.item_id) })} value={draft.expiry} onChange={(event) => set(i, { expiry: event.target.value })} />
                </td>
                <td>
                  <button type="button" className="close" aria-label={t('stock.remove', { lot: draft.id })} onClick={() => setDrafts(drafts.filter((_, at) => at !== i))}>
                    <Icon name="close" size={14} />
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer>
        <Select showSearch className="area-select" optionFilterProp="label" suffixIcon={<Icon name="plus" size={14} />} aria-label={t('stock.add')} placeholder={t('stock.add')} value={null} onChange={(id: string | null) => id && add(id)} options={items.map((item) => ({ value: item.id, label: nameIn(language, item) }))} />
        <span className={lots ? 'dim' : 'alarm'} role="status">
          {!lots ? t('stock.wrong') : changed === 0 ? t('stock.same') : t('stock.changed_n', { n: changed })}
        </span>
        {failed && (
          <span className="alarm" role="alert">
            {failed}
          </span>
        )}
        <button type="button" className="action" onClick={onClose}>
          {t('stock.cancel')}
        </button>
        <button type="submit" className="action primary" disabled={!lots || busy}>
          {t('stock.save', { n: drafts.length })} <kbd>Ctrl ⏎</kbd>
        </button>
      </footer>
    </form>
  )
}

/** In the order of items and dates, as one walks along the shelves. */
function sorted(stockpile: Stockpile): LotDraft[] {
  const drafts = (stockpile.lots ?? []).map(lotDraft)
  return drafts.sort((a, b) => a.item_id.localeCompare(b.item_id) || a.expiry.localeCompare(b.expiry) || a.id.localeCompare(b.id))
}

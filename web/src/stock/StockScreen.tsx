/** 物资: sites and what lies in them; what is out, low or expiring first; counts by the store keeper. */
import { Select } from 'antd'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { mayCountStock } from '../actions/countStock'
import type { Item } from '../api/types'
import { useDesk } from '../app/desk'
import { areasOf, covered } from '../domain/areas'
import { sitesOf, type Site } from '../domain/stock'
import { Watermark } from '../drill/Watermark'
import { useI18n } from '../i18n/context'
import { age, count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { word } from '../i18n/translate'
import { AreaSelect } from '../ui/AreaSelect'
import { useFeed } from '../ui/hooks'
import { useClearing } from '../ui/clearing'
import { Icon } from '../ui/icons'
import { CountForm } from './CountForm'
import { ItemTable } from './ItemTable'
import { Marks } from './Marks'
import './stock.css'

export function StockScreen() {
  const { t, language } = useI18n()
  const clearing = useClearing()
  const { feed, session, world } = useDesk()
  const version = useFeed(feed, 'entities', 300)
  const [area, setArea] = useState<string | null>(session.user.jurisdiction)
  const [category, setCategory] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [onlyTrouble, setOnlyTrouble] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [counting, setCounting] = useState(false)
  const now = feed.clock.now()
  const { sites, trouble, categories } = useMemo(() => {
    void version
    const at = feed.clock.now()
    const filter = { codes: covered(feed.picture, area), category, words, onlyTrouble }
    const found = sitesOf(feed.picture, filter, at)
    return {
      sites: found,
      trouble: found.filter((site) => site.out + site.low + site.expiring > 0).length,
      categories: [...new Set([...feed.picture.all<Item>('item')].flatMap((item) => (item.category && !item.retired ? [item.category] : [])))].sort(),
    }
  }, [feed, version, area, category, words, onlyTrouble])
  const site = sites.find(({ stockpile }) => stockpile.id === chosen) ?? sites[0] ?? null
  const mayCount = mayCountStock(session.user)
  const noRight = mayCount ? undefined : t('status.no_right', { role: t('role.store_keeper') })
  const names = new Map(areasOf(feed.picture).map((place) => [place.code, nameIn(language, place)]))
  const choose = (id: string) => {
    setCounting(false)
    setChosen(id)
  }
  return (
    <main className="stock">
      <h1 className="unseen">{t('stock.title')}</h1>
      <div className="desk-filters">
        <label className="find">
          <Icon name="search" size={16} />
          <input type="search" aria-label={t('stock.find')} placeholder={t('stock.find')} value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
        <AreaSelect value={area} onChange={setArea} />
        <Select
          allowClear={clearing}
          className="area-select"
          suffixIcon={<Icon name="down" size={12} />}
          aria-label={t('stock.category')}
          placeholder={t('stock.category_all')}
          value={category ?? undefined}
          onChange={(value: string | undefined) => setCategory(value ?? null)}
          options={categories.map((value) => ({ value, label: word(t, 'item', value) }))}
        />
        <div className="segments">
          <button type="button" aria-pressed={onlyTrouble} onClick={() => setOnlyTrouble(!onlyTrouble)}>
            {t('stock.only_trouble', { n: count(trouble) })}
          </button>
        </div>
        <span className="dim keys">{t('stock.low_rule')}</span>
        {noRight && <span className="no-right">{noRight}</span>}
      </div>
      <div className="stock-body">
        <SiteList sites={sites} chosen={site?.stockpile.id ?? null} loading={feed.loading} names={names} onChoose={choose} />
        {site ? (
          <section className="stock-site" aria-label={site.stockpile.name}>
            <header className="desk-head">
              <h2>{site.stockpile.name}</h2>
              <span>
                {word(t, 'reserve', site.stockpile.reserve_kind)}
                {site.stockpile.callable_hours ? ` · ${t('stock.callable', { n: site.stockpile.callable_hours })}` : ''}
              </span>
              <span className={site.stockpile.counted_at ? '' : 'dim'}>{site.stockpile.counted_at ? t('stock.counted', { t: age(t, Date.parse(site.stockpile.counted_at), now) }) : t('stock.never')}</span>
              {!counting && (
                <button type="button" className="action primary" disabled={!mayCount} title={noRight} onClick={() => setCounting(true)}>
                  {t('stock.count')}
                </button>
              )}
            </header>
            {counting ? <CountForm key={site.stockpile.id} stockpile={site.stockpile} onClose={() => setCounting(false)} /> : <ItemTable site={site} now={now} />}
          </section>
        ) : (
          <p className="pad dim">{feed.loading ? t('feed.loading') : t('stock.empty')}</p>
        )}
      </div>
      {world.kind === 'drill' && <Watermark />}
    </main>
  )
}

interface ListProps {
  sites: readonly Site[]
  chosen: string | null
  loading: boolean
  names: ReadonlyMap<string, string>
  onChoose(id: string): void
}

function SiteList({ sites, chosen, loading, names, onChoose }: ListProps) {
  const { t } = useI18n()
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (!step) return
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
    const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(event.target as HTMLButtonElement) + step))]
    next?.focus()
    event.preventDefault()
  }
  return (
    <nav className="stock-sites" aria-label={t('stock.sites')} onKeyDown={keys}>
      {loading && sites.length === 0 && [0, 1, 2].map((i) => <div key={i} className="skeleton" />)}
      <ul>
        {sites.map((site) => (
          <li key={site.stockpile.id}>
            <button type="button" aria-current={site.stockpile.id === chosen ? 'true' : undefined} onClick={() => onChoose(site.stockpile.id)}>
              <b>{site.stockpile.name}</b>
              <span>
                {names.get(site.stockpile.jurisdiction) ?? site.stockpile.jurisdiction} · {word(t, 'reserve', site.stockpile.reserve_kind)} · {t('stock.items_n', { n: site.items.length })}
              </span>
              <Marks out={site.out} low={site.low} expiring={site.expiring} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

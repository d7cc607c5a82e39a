/** Left panel: counts by jurisdiction and kind, layer switches, legend. */
import { useMemo, useState } from 'react'
import { useDesk } from '../app/desk'
import { boundsOf } from '../domain/bounds'
import { tally, type GroupCounts } from '../domain/tally'
import { useI18n, useT } from '../i18n/context'
import { count } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { useFeed } from '../ui/hooks'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { CentreRows } from './CentreRows'
import { Legend } from './Legend'
import type { MapRef } from './mapRef'

const FILTERS = [
  ['all', 'tree.all'],
  ['available', 'tree.available'],
  ['busy', 'tree.busy'],
] as const

export function ResourceTree({ mapRef }: { mapRef: MapRef }) {
  const { t, language } = useI18n()
  const { feed, ops } = useDesk()
  const { unitFilter } = useStore(ops)
  const version = useFeed(feed, 'entities', 300)
  const rows = useMemo(() => {
    void version
    return tally(feed.picture, feed.clock.now())
  }, [feed, version])
  const [open, setOpen] = useState<string | null | undefined>(undefined)
  const shown = open === undefined ? (rows[0]?.code ?? null) : open
  const locate = (code: string) => {
    const bounds = boundsOf(feed.picture, code)
    if (bounds) mapRef.current?.fit(bounds, true)
  }
  return (
    <aside className="panel tree" aria-label={t('tree.title')}>
      <header className="panel-head">
        <h2>{t('tree.title')}</h2>
        <span>{t('tree.by')}</span>
        <div className="segments" role="group">
          {FILTERS.map(([value, label]) => (
            <button key={value} type="button" aria-pressed={unitFilter === value} onClick={() => ops.set({ unitFilter: value })}>
              {t(label)}
            </button>
          ))}
        </div>
      </header>
      <div className="tree-scroll" role="tree" aria-label={t('tree.title')}>
        <ColumnHead title={t('tree.head')} columns={[t('tree.col_available'), t('tree.col_busy'), t('tree.col_off')]} />
        {feed.loading && <Skeleton />}
        {rows.map((row) => (
          <div key={row.code} role="none">
            <div className={`tree-row centre ${shown === row.code ? 'on' : ''}`} role="treeitem" aria-level={1} aria-selected={false} aria-expanded={shown === row.code}>
              <button
                type="button"
                className="twist"
                aria-label={t(shown === row.code ? 'tree.close' : 'tree.open', { name: nameIn(language, row.jurisdiction, row.code) })}
                onClick={() => setOpen(shown === row.code ? null : row.code)}
              >
                <Icon name={shown === row.code ? 'down' : 'right'} size={14} />
              </button>
              <button type="button" className="name" onClick={() => locate(row.code)}>
                {nameIn(language, row.jurisdiction, row.code)}
              </button>
              <Bar counts={row.units} />
              <Numbers counts={row.units} />
            </div>
            {shown === row.code && <CentreRows row={row} onLocate={locate} />}
          </div>
        ))}
        {rows.length > 0 && <Total rows={rows.map((row) => row.byKind.ambulance)} />}
      </div>
      <Legend />
    </aside>
  )
}

export function ColumnHead({ title, columns }: { title: string; columns: readonly string[] }) {
  return (
    <div className="tree-head">
      <span>{title}</span>
      {columns.map((column) => (
        <i key={column}>{column}</i>
      ))}
      <i className="eye" />
    </div>
  )
}

export function Numbers({ counts }: { counts: GroupCounts }) {
  return (
    <>
      <b className="n">{count(counts.available)}</b>
      <span className="n">{count(counts.busy)}</span>
      <span className="n dim">{count(counts.off)}</span>
    </>
  )
}

function Bar({ counts }: { counts: GroupCounts }) {
  const total = Math.max(1, counts.available + counts.busy + counts.off)
  const part = (n: number) => ({ width: `${(n / total) * 100}%` })
  return (
    <span className="bar" aria-hidden="true">
      <i className="ready" style={part(counts.available)} />
      <i className="out" style={part(counts.busy)} />
      <i className="idle" style={part(counts.off)} />
    </span>
  )
}

function Total({ rows }: { rows: readonly GroupCounts[] }) {
  const t = useT()
  const sum = rows.reduce(
    (a, b) => ({ available: a.available + b.available, busy: a.busy + b.busy, off: a.off + b.off }),
    { available: 0, busy: 0, off: 0 },
  )
  return (
    <div className="tree-row total">
      <span className="name">
        {t('tree.total')} <b>{count(sum.available + sum.busy + sum.off)}</b>
      </span>
      <Numbers counts={sum} />
    </div>
  )
}

function Skeleton() {
  return (
    <>
      <p className="skeleton" />
      <p className="skeleton" />
      <p className="skeleton" />
    </>
  )
}

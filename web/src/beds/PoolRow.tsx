/** One pool: its beds as numbers and as a bar, how old the report is, and the report itself. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { BedPool } from '../api/types'
import { bedDraft, reportOf, type BedDraft } from '../domain/beds'
import { bedsStale, freeBeds } from '../domain/places'
import { useT } from '../i18n/context'
import { age } from '../i18n/format'
import { word } from '../i18n/translate'
import { BedBar } from './BedBar'
import type { Reports } from './useReports'

interface Props {
  pool: BedPool
  hospital: string
  now: number
  mayReport: boolean
  reports: Reports
}

export function PoolRow({ pool, hospital, now, mayReport, reports }: Props) {
  const t = useT()
  const row = useRef<HTMLTableRowElement>(null)
  const editing = reports.editing === pool.id
  const [draft, setDraft] = useState<BedDraft>(() => bedDraft(pool))
  const stale = bedsStale(pool, now)
  const free = freeBeds(pool)
  const busy = reports.busy.has(pool.id)
  const said = reports.said(pool.id)
  const report = editing ? reportOf(draft, pool.held) : null
  const ward = pool.ward ?? pool.name
  const open = () => {
    if (!mayReport) return
    setDraft(bedDraft(pool))
    reports.edit(pool.id)
  }
  const close = () => {
    reports.edit(null)
    row.current?.focus()
  }
  const send = async () => {
    if (report && (await reports.send(pool, report))) close()
  }
  const keys = (event: KeyboardEvent) => {
    const onRow = event.target === row.current
    if (editing && event.key === 'Enter') void send()
    else if (editing && event.key === 'Escape') close()
    else if (onRow && event.key === 'Enter') open()
    else if (onRow && event.key === 's' && mayReport) void reports.same([pool])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  useEffect(() => {
    if (editing) row.current?.querySelector('input')?.select()
  }, [editing])
  const input = (name: keyof BedDraft) => (
    <input inputMode="numeric" aria-label={`${ward} ${t(`beds_col.${name}`)}`} aria-invalid={report === null} value={draft[name]} maxLength={5} onChange={(event) => setDraft({ ...draft, [name]: event.target.value })} />
  )
  return (
    <tr ref={row} className={`pool ${stale ? 'stale' : ''} ${editing ? 'on' : ''}`} tabIndex={0} data-id={pool.id} aria-label={`${hospital} ${ward}`} onKeyDown={keys}>
      <th scope="row">{ward}</th>
      <td className="dim properties">{(pool.properties ?? []).map((property) => word(t, 'bed', property)).join(' · ')}</td>
      <td className="free">
        <b className={free === 0 ? 'out' : ''}>{free}</b>
      </td>
      <td>
        <BedBar pool={pool} />
        {pool.activation_hours ? <small>{t('beds.hours', { n: pool.activation_hours })}</small> : null}
      </td>
      <td className="number">{editing ? input('occupied') : pool.occupied}</td>
      <td className="number">{pool.held}</td>
      <td className="number">{editing ? input('staffed') : pool.staffed}</td>
      <td className="number">{editing ? input('physical') : pool.physical}</td>
      <td className="age">
        <span className={stale ? 'old' : ''}>{pool.reported_at ? age(t, Date.parse(pool.reported_at), now) : t('beds.never')}</span>
        {pool.reported_by && <small>{pool.reported_by.replace(/^user:/, '')}</small>}
      </td>
      <td className="acts">
        {editing ? (
          <>
            <button type="button" className="action small primary" disabled={!report || busy} onClick={() => void send()}>
              {t('beds.send')} <kbd>⏎</kbd>
            </button>
            <button type="button" className="action small" onClick={close}>
              {t('beds.cancel')}
            </button>
            {!report && <p className="alarm">{t('beds.order')}</p>}
          </>
        ) : (
          mayReport && (
            <>
              <button type="button" className="action small" aria-label={t('beds.report_of', { name: ward })} disabled={busy} onClick={open}>
                {t('beds.report')}
              </button>
              <button type="button" className="action small" aria-label={`${ward} ${t('beds.same')}`} disabled={busy} onClick={() => void reports.same([pool])}>
                {t('beds.same')}
              </button>
            </>
          )
        )}
        {said && (
          <p className={said.bad ? 'alarm' : 'done'} role={said.bad ? 'alert' : 'status'}>
            {said.text}
          </p>
        )}
      </td>
    </tr>
  )
}

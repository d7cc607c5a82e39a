/** 指标: each figure with its fraction, its norm, how it stands against it, and the cases behind it. */
import { Select } from 'antd'
import { useState } from 'react'
import { useDesk } from '../app/desk'
import { getKpis, kpiExportUrl, type Kpi, type Period } from '../api/dispatch'
import type { Jurisdiction } from '../api/types'
import { Watermark } from '../drill/Watermark'
import { useI18n } from '../i18n/context'
import { clockTime, count, duration } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { reasonOf } from '../i18n/problem'
import { type Translate } from '../i18n/translate'
import { useQuery } from '../ops/useQuery'
import { useFeed } from '../ui/hooks'
import { useClearing } from '../ui/clearing'
import { Icon } from '../ui/icons'
import { KpiCases } from './KpiCases'
import { daysOf, PERIODS, shift, type Days, type PeriodName } from './period'
import './kpi.css'

const SIGNS: Record<string, string> = { '>=': '≥', '<=': '≤' }

export function valueText(t: Translate, value: number | null, unit: Kpi['unit']): string {
  if (value === null) return t('kpi.no_value')
  if (unit === 'ratio') return `${(value * 100).toFixed(1)}%`
  if (unit === 's') return duration(t, value * 1000)
  return count(Math.round(value * 100) / 100)
}

export function KpiScreen() {
  const { t, language } = useI18n()
  const clearing = useClearing()
  const { world, feed, session } = useDesk()
  useFeed(feed, 'entities', 5_000)
  const [name, setName] = useState<PeriodName | null>('today')
  const [days, setDays] = useState<Days>(() => daysOf('today', feed.clock.now()))
  const [code, setCode] = useState<string | undefined>(session.user.jurisdiction ?? undefined)
  const [open, setOpen] = useState<string | null>(null)
  const period: Period = { ...(name ? daysOf(name, feed.clock.now()) : days), ...(code ? { jurisdiction: code } : {}) }
  const answer = useQuery(JSON.stringify(period), (signal) => getKpis(world.id, period, signal))
  const areas = [...feed.picture.all<Jurisdiction>('jurisdiction')].filter((j) => !j.retired).sort((a, b) => a.code.localeCompare(b.code))
  const choose = (next: PeriodName) => {
    setName(next)
    setDays(daysOf(next, feed.clock.now()))
  }
  const type = (patch: Partial<Days>) => {
    setName(null)
    setDays({ ...days, ...patch })
  }
  return (
    <main className="kpi">
      <header className="kpi-head">
        <h1>{t('kpi.title')}</h1>
        <div className="segments" role="group" aria-label={t('kpi.period')}>
          {PERIODS.map((value) => (
            <button key={value} type="button" aria-pressed={name === value} onClick={() => choose(value)}>
              {t(`kpi_period.${value}`)}
            </button>
          ))}
        </div>
        <label className="date">
          {t('kpi.from')}
          <input type="date" value={days.from} max={days.to} onChange={(event) => event.target.value && type({ from: event.target.value })} />
        </label>
        <label className="date">
          {t('kpi.to')}
          <input type="date" value={shift(days.to, -1)} min={days.from} onChange={(event) => event.target.value && type({ to: shift(event.target.value, 1) })} />
        </label>
        <Select
          showSearch
          allowClear={session.user.jurisdiction === null && clearing}
          className="kpi-area"
          optionFilterProp="label"
          popupMatchSelectWidth={false}
          suffixIcon={<Icon name="down" size={12} />}
          aria-label={t('kpi.area')}
          placeholder={t('kpi.area_all')}
          value={code}
          onChange={setCode}
          options={areas.map((area) => ({ value: area.code, label: nameIn(language, area) }))}
        />
        <div className="kpi-exports">
          {answer.at > 0 && <span>{t('kpi.at', { t: clockTime(answer.at) })}</span>}
          {(['csv', 'xlsx'] as const).map((format) => (
            <a key={format} className="action small" href={kpiExportUrl(world.id, period, format)} download>
              {t('kpi.export', { format: format.toUpperCase() })}
            </a>
          ))}
        </div>
      </header>
      {world.kind === 'drill' && <p className="ask">{t('kpi.drill')}</p>}
      {answer.error !== null && (
        <p className="alarm pad" role="alert">
          {t('kpi.failed', { reason: reasonOf(t, answer.error) })}
        </p>
      )}
      <div className="kpi-body">
        <div className="kpi-scroll">
          <table>
            <thead>
              <tr>
                {(['name', 'value', 'fraction', 'norm', 'state', 'definition'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`kpi_col.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answer.busy && !answer.value && (
                <tr>
                  <td colSpan={6} className="dim">
                    {t('kpi.loading')}
                  </td>
                </tr>
              )}
              {answer.value?.kpis.map((kpi) => (
                <Row key={kpi.key} kpi={kpi} open={open === kpi.key} onOpen={() => setOpen(open === kpi.key ? null : kpi.key)} />
              ))}
            </tbody>
          </table>
        </div>
        {open && <KpiCases key={`${open}${JSON.stringify(period)}`} kpi={answer.value?.kpis.find((kpi) => kpi.key === open)} name={open} period={period} onClose={() => setOpen(null)} />}
      </div>
      {world.kind === 'drill' && <Watermark />}
    </main>
  )
}

/** Of a rate both counts, of a mean how many it is taken over. */
function fraction({ numerator, denominator, unit }: Kpi): string {
  if (denominator === null) return ''
  return unit === 'ratio' && numerator !== null ? `${count(numerator)} / ${count(denominator)}` : count(denominator)
}

function Row({ kpi, open, onOpen }: { kpi: Kpi; open: boolean; onOpen(): void }) {
  const { t, language } = useI18n()
  const { norm } = kpi
  return (
    <tr className={`${kpi.state} ${open ? 'on' : ''}`}>
      <th scope="row">
        <button type="button" aria-expanded={open} onClick={onOpen}>
          {nameIn(language, kpi)}
        </button>
      </th>
      <td className="kpi-value">{valueText(t, kpi.value, kpi.unit)}</td>
      <td className="number">{fraction(kpi)}</td>
      <td>
        {norm && (
          <>
            {SIGNS[norm.operator] ?? norm.operator} {valueText(t, norm.value, kpi.unit)} <small>{norm.source}</small>
          </>
        )}
      </td>
      <td>
        <span className={`norm-state ${kpi.state}`}>{t(`kpi_state.${kpi.state}`)}</span>
      </td>
      <td className="definition">{language === 'zh' ? kpi.definition : kpi.definition_en}</td>
    </tr>
  )
}


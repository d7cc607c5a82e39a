/** 未列入: who is not offered, and why not. */
import type { LeftOut } from '../api/dispatch'
import { shortNumber } from '../domain/cases'
import { useT } from '../i18n/context'
import type { Unit } from '../api/types'
import { isUnit } from '../domain/units'
import type { Picture } from '../feed/picture'
import { clockTime, distance, duration } from '../i18n/format'
import { word, type Translate } from '../i18n/translate'
import { EntityIcon } from '../ops/EntityIcon'
import { useStore } from '../ui/store'
import { useCaseActions } from './useCaseActions'
import { useDispatch } from './useDispatch'

const SHOWN = 30

function why(t: Translate, row: LeftOut): string {
  const parts = [
    row.incident_number ? t('why.incident', { no: shortNumber(row.incident_number) }) : '',
    row.free_in_s !== null ? t('why.free_in', { t: duration(t, Math.max(60, Math.round(row.free_in_s / 60) * 60) * 1000) }) : '',
    row.reason === 'stale_fix' && row.fix_age_s !== null ? t('why.no_fix_for', { t: duration(t, row.fix_age_s * 1000) }) : '',
    row.reason === 'other_jurisdiction' ? t('why.ask_support') : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

function keptFor(t: Translate, picture: Picture, unit: Unit): string {
  const incident = unit.reserved_for ? picture.get(unit.reserved_for) : undefined
  const no = incident?.kind === 'incident' ? t('why.incident', { no: shortNumber(incident.number) }) : ''
  const until = unit.reserved_until ? t('reserve.until', { t: clockTime(Date.parse(unit.reserved_until)) }) : ''
  return [no, until].filter(Boolean).join(' · ')
}

export function LeftOutList({ rows }: { rows: readonly LeftOut[] }) {
  const t = useT()
  const { feed, dispatch, barred } = useDispatch()
  const actions = useCaseActions()
  const { leftOutOpen } = useStore(dispatch)
  if (rows.length === 0) return null
  return (
    <section className="left-out" aria-label={t('rec.left_out')}>
      <button type="button" className="left-out-head" aria-expanded={leftOutOpen} onClick={() => dispatch.set({ leftOutOpen: !leftOutOpen })}>
        <b>{t('rec.left_out')}</b>
        <span>{t('rec.left_out_n', { n: rows.length })}</span>
        <kbd>X</kbd>
      </button>
      {leftOutOpen && (
        <ul>
          {rows.slice(0, SHOWN).map((row) => {
            const unit = feed.picture.get(row.unit_id)
            const kept = row.reason === 'reserved' && isUnit(unit) ? unit : null
            return (
              <li key={row.unit_id}>
                {unit ? <EntityIcon entity={unit} size={26} now={feed.clock.now()} stale={row.reason === 'stale_fix'} /> : <span />}
                <b>{row.name}</b>
                <span>{word(t, 'why', row.reason)}</span>
                <span className="why">{kept ? keptFor(t, feed.picture, kept) : why(t, row)}</span>
                {kept ? (
                  <button type="button" className="action small" disabled={barred !== null} onClick={() => actions.release('recommend', [kept])}>
                    {t('release.go')}
                  </button>
                ) : (
                  <span className="number">{row.distance_m === null ? '' : distance(row.distance_m)}</span>
                )}
              </li>
            )
          })}
          {rows.length > SHOWN && <li className="dim">{t('rec.left_out_more', { n: rows.length - SHOWN })}</li>}
        </ul>
      )}
    </section>
  )
}

/** One candidate, as one sentence for the ear and one row for the eye. */
import type { Candidate } from '../api/dispatch'
import { useT } from '../i18n/context'
import { clockTime, count, distance, duration } from '../i18n/format'
import { isUnit } from '../domain/units'
import { word, type Translate } from '../i18n/translate'
import { EntityIcon } from '../ops/EntityIcon'
import { useDispatch } from './useDispatch'

const NEAREST_S = 5
/** The first ones get a full row; who is left out stays in sight below the rest. */
const FULL = 4
const CHIPS = 3

interface Props {
  candidate: Candidate
  armed: boolean
  /** How many more people stay without cover if several go. */
  onArm(add: boolean): void
}

export function etaText(t: Translate, seconds: number | null): string {
  return seconds === null ? t('rec.no_eta') : duration(t, Math.round(seconds / NEAREST_S) * NEAREST_S * 1000)
}

export function people(t: Translate, n: number): string {
  const big = t('rec.unit_big')
  return n < 10_000 ? count(n) : `${(n / (big === 'k' ? 1_000 : 10_000)).toFixed(1)} ${big}`
}

function fixText(t: Translate, candidate: Candidate): string {
  const { fix_age_s: s, position_basis } = candidate
  if (s === null || position_basis === 'station') return t('near.basis_station')
  return t('rec.fix', { t: s < 60 ? t('age.seconds', { n: Math.max(1, Math.round(s)) }) : t('age.minutes', { n: Math.floor(s / 60) }) })
}

function coverText(t: Translate, { uncovered }: Candidate): { text: string; gap: boolean } | null {
  if (!uncovered) return null
  if (uncovered.population === 0) return { text: t('rec.no_gap'), gap: false }
  const names = uncovered.stations.slice(0, 2).map((station) => station.name)
  return { text: t('rec.uncovered', { n: people(t, uncovered.population), names: names.join(t('rec.comma')) }), gap: true }
}

export function CandidateRow({ candidate, armed, onArm }: Props) {
  const t = useT()
  const { feed, barred } = useDispatch()
  const unit = feed.picture.get(candidate.unit_id)
  const cover = coverText(t, candidate)
  const until = isUnit(unit) && unit.reserved_until ? clockTime(Date.parse(unit.reserved_until)) : null
  const eta = etaText(t, candidate.eta_s)
  const sentence = t('rec.sentence', {
    rank: candidate.rank,
    name: candidate.name,
    eta,
    d: distance(candidate.distance_m),
    fix: fixText(t, candidate),
    cover: cover?.text ?? '',
  })
  return (
    <li role="presentation" className={`cand ${armed ? 'armed' : ''} ${candidate.rank > FULL ? 'compact' : ''}`} data-unit={candidate.unit_id}>
      <button type="button" role="option" aria-selected={armed} aria-label={sentence} tabIndex={-1} disabled={barred !== null} onClick={(event) => onArm(event.shiftKey)}>
        <span className="cand-rank">{candidate.rank}</span>
        <span className="cand-icon">{unit && <EntityIcon entity={unit} size={40} now={feed.clock.now()} />}</span>
        <span className="cand-who">
          <span className="cand-name">
            <b>{candidate.name}</b> {until && <em className="flag plain">{t('reserve.until', { t: until })}</em>} <span>{candidate.home_name ?? ''}</span>
          </span>
          <span className="chips">
            {candidate.reasons.filter((reason) => reason !== 'reserved_for_this').slice(0, CHIPS).map((reason) => (
              <i key={reason}>{reason === 'crew_on_duty' && candidate.crew !== null ? t('reason.crew_n', { n: candidate.crew }) : word(t, 'reason', reason)}</i>
            ))}
          </span>
          {cover && <span className={`cand-cover ${cover.gap ? 'gap' : ''}`}>{cover.text}</span>}
        </span>
        <span className="cand-far">
          <b>{candidate.eta_s === null ? eta : t('rec.about', { t: eta })}</b>
          <span className="number">{distance(candidate.distance_m)}</span>
          <small>{fixText(t, candidate)}</small>
        </span>
      </button>
    </li>
  )
}

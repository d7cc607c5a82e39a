/** 推荐救护车: ranked candidates with reasons, the bar of what is armed, who is left out. */
import type { Candidate, Recommendations } from '../api/dispatch'
import type { Incident } from '../api/cases'
import type { Armed } from '../domain/arming'
import { useT } from '../i18n/context'
import { clockTime } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import type { Key, Translate } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { ArmedBar } from './ArmedBar'
import { CandidateRow } from './CandidateRow'
import { Failure } from './Failure'
import type { Notice } from './deskState'
import { LeftOutList } from './LeftOutList'
import { needName } from './NeedsField'
import type { Asked } from './useRecommendations'
import type { Reserve } from './useReserve'

interface Props {
  incident: Incident | null
  /** What stands here while there is nothing to recommend for. */
  hint: Key
  asked: Asked
  armed: Armed | null
  notice: Notice | null
  place: string
  busy: boolean
  reserve: Reserve | null
  /** Nothing is wanted any more. */
  filled: boolean
  onArm(candidate: Candidate, add: boolean): void
  onSend(): void
}

export function RecommendPanel({ incident, hint, asked, armed, notice, place, busy, reserve, filled, onArm, onSend }: Props) {
  const t = useT()
  const { value, error } = asked
  const armedIds = new Set(armed?.units.map((unit) => unit.id))
  const candidates = value?.candidates ?? []
  const ranks = candidates.filter((c) => armedIds.has(c.unit_id)).map((c) => c.rank)
  return (
    <section className="panel recommend" aria-label={t('rec.title')} data-region="recommend">
      <header className="panel-head">
        <h2>{t(value?.need && value.need.kind !== 'ambulance' ? 'rec.title_units' : 'rec.title')}</h2>
        {value && <span>{summary(t, value, filled)}</span>}
        {value && (
          <em className="basis">
            <Icon name="route" size={16} /> {t(value.eta_basis === 'road' ? 'rec.by_road' : 'rec.straight')}
          </em>
        )}
      </header>
      <div className="recommend-scroll">
        {!incident && <p className="empty">{t(hint)}</p>}
        {incident && !value && error === null && (
          <>
            <div className="skeleton tall" />
            <div className="skeleton tall" />
            <div className="skeleton tall" />
          </>
        )}
        {error !== null && (
          <p className="alarm pad" role="alert">
            {t('rec.failed', { reason: reasonOf(t, error) })}
          </p>
        )}
        {value?.shortfall && value.shortfall.missing > 0 && (
          <p className="shortfall" role="status">
            <Icon name="warning" size={17} /> {t('rec.shortfall', { n: value.shortfall.missing, what: value.need ? needName(t, value.need) : t('kind.unit') })}
          </p>
        )}
        {value && candidates.length === 0 && <p className="pad">{t('rec.none')}</p>}
        {candidates.length > 0 && (
          <ol role="listbox" aria-label={t('rec.title')} aria-multiselectable="true" className="cands">
            {candidates.map((candidate) => (
              <CandidateRow key={candidate.unit_id} candidate={candidate} armed={armedIds.has(candidate.unit_id)} onArm={(add) => onArm(candidate, add)} />
            ))}
          </ol>
        )}
        {value && <LeftOutList rows={value.left_out} />}
      </div>
      {notice && (
        <p className={`notice ${notice.alarm ? 'bad' : ''}`} role={notice.alarm ? 'alert' : 'status'}>
          {notice.text}
        </p>
      )}
      <Failure at="recommend" />
      {armed && <ArmedBar armed={armed} ranks={ranks} place={place} busy={busy} reserve={reserve} onSend={onSend} />}
      <footer className="panel-foot">
        <span>
          <kbd>1</kbd>–<kbd>9</kbd> {t('rec.key_arm')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('rec.key_send')}
        </span>
        <span>
          <kbd>Shift</kbd>+{t('rec.key_add')}
        </span>
        <span>
          <kbd>B</kbd> {t('beds.open')}
        </span>
        <span>
          <kbd>F4</kbd> {t('rec.key_here')}
        </span>
      </footer>
    </section>
  )
}

function summary(t: Translate, value: Recommendations, filled: boolean): string {
  const need = value.need && !filled ? t('rec.need', { what: needName(t, value.need), n: value.need.count }) : t('rec.filled')
  return t('rec.updated', { need, t: clockTime(Date.parse(value.at)) })
}

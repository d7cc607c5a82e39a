/** The card of a mark: what is said there, by whom and until when; changed and removed by those who may. */
import { useState } from 'react'
import { removeMark } from '../../actions/marks'
import type { Mark } from '../../api/marks'
import { useWho } from '../../app/people'
import { useDesk } from '../../app/desk'
import { shortNumber } from '../../domain/cases'
import { anchorOf, boxOf, mayDraw } from '../../domain/marks'
import { useT } from '../../i18n/context'
import { coordinates, duration, when } from '../../i18n/format'
import { reasonOf } from '../../i18n/problem'
import { useSecond } from '../../ui/hooks'
import { CardHead, Fact } from '../cardParts'
import type { MapRef } from '../mapRef'
import { askFrom } from '../opsState'
import { MarkEditor } from './MarkEditor'
import { MarkIcon } from './MarkIcon'
import { markName, sizeText, untilText } from './words'

export function MarkCard({ mark, mapRef }: { mark: Mark; mapRef: MapRef }) {
  const t = useT()
  const who = useWho()
  const { feed, ops, session } = useDesk()
  useSecond()
  const [mode, setMode] = useState<'read' | 'edit' | 'remove'>('read')
  const now = feed.clock.now()
  const name = markName(t, mark)
  const over = mark.ended_at !== null
  const size = sizeText(mark)
  const incident = mark.incident_id ? feed.picture.get(mark.incident_id) : undefined
  const [lon, lat] = anchorOf(mark.geometry)
  const allowed = mayDraw(session.user)
  const noRight = allowed ? undefined : t('status.no_right', { role: t('draw.need_role') })
  return (
    <section className="card mark-card" aria-label={name}>
      <CardHead icon={<MarkIcon type={mark.mark_type} size={44} />} name={name} detail={mark.title ? [t(`mark.${mark.mark_type}`)] : []} onClose={() => ops.set({ selected: null })} />
      {over && <p className="alarm">{mark.ended_by === 'system' ? t('mark.over') : t('mark.ended', { name: who(mark.ended_by) })}</p>}
      {mode === 'edit' && !over ? (
        <MarkEditor mark={mark} now={now} onDone={() => setMode('read')} />
      ) : (
        <>
          {mark.text && <p className="mark-text">{mark.text}</p>}
          <dl className="facts">
            <Fact name={t('mark.author')}>{t('marks.by', { name: who(mark.drawn_by), t: when(t, Date.parse(mark.drawn_at), now) })}</Fact>
            {mark.changed_at && <Fact name={t('mark.changed')}>{t('marks.by', { name: who(mark.changed_by), t: when(t, Date.parse(mark.changed_at), now) })}</Fact>}
            <Fact name={t('mark.valid')}>
              {untilText(t, mark, now)}
              {mark.valid_until && !over && <span className="dim"> · {t('mark.left', { d: duration(t, Date.parse(mark.valid_until) - now) })}</span>}
            </Fact>
            {incident?.kind === 'incident' && <Fact name={t('draw.incident')}>{t('why.incident', { no: shortNumber(incident.number) })}</Fact>}
            {size && <Fact name={t('mark.size')}>{size}</Fact>}
            <Fact name={t('card.position')}>{coordinates(lon, lat)} WGS-84</Fact>
          </dl>
          {mode === 'remove' && !over ? (
            <Removal mark={mark} name={name} onKeep={() => setMode('read')} />
          ) : (
            <div className="actions">
              {!over && (
                <>
                  <button type="button" className="action" disabled={!allowed} title={noRight} onClick={() => setMode('edit')}>
                    {t('mark.edit')}
                  </button>
                  <button type="button" className="action" disabled={!allowed} title={noRight} onClick={() => setMode('remove')}>
                    {t('mark.remove')}
                  </button>
                </>
              )}
              <button type="button" className="action" onClick={() => askFrom(ops, { lon, lat, name })}>
                {t('card.near')}
              </button>
              <button type="button" className="action" onClick={() => mapRef.current?.fit(boxOf(mark.geometry), true)}>
                {t('card.locate')}
              </button>
            </div>
          )}
        </>
      )}
    </section>
  )
}

/** Asked once more, since it leaves every desk. */
function Removal({ mark, name, onKeep }: { mark: Mark; name: string; onKeep(): void }) {
  const t = useT()
  const { world } = useDesk()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const remove = async () => {
    setBusy(true)
    try {
      await removeMark(world.id, mark)
    } catch (error) {
      setFailure(t('mark.remove_failed', { reason: reasonOf(t, error) }))
      setBusy(false)
    }
  }
  return (
    <div className="ask" role="group" aria-label={t('mark.remove')}>
      <p>{t('mark.remove_ask', { name })}</p>
      {failure && (
        <p className="alarm" role="alert">
          {failure}
        </p>
      )}
      <div className="actions">
        <button type="button" className="action primary" autoFocus disabled={busy} onClick={() => void remove()}>
          {t('mark.remove_yes')}
        </button>
        <button type="button" className="action" onClick={onKeep}>
          {t('mark.keep')}
        </button>
      </div>
    </div>
  )
}

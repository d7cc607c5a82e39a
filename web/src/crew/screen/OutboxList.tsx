/** What the centre does not have yet, and what it did not take. */
import { useState } from 'react'
import { useT } from '../../i18n/context'
import { clockTime } from '../../i18n/format'
import type { Item } from '../outbox/model'
import { isBlocked } from '../outbox/reducer'
import { CENTRE_TELEPHONE } from './links'
import { CrewIcon } from './CrewIcon'
import { useBox, useCrew, useLine, useShare } from './context'
import { itemState, refusalWord, whatWord } from './words'

/** So many fixes are on their way at any time; they are no news. */
const FEW_FIXES = 10

export function OutboxList() {
  const t = useT()
  const box = useBox()
  const { waiting } = useShare()
  const { phase } = useLine()
  const fixes = waiting > FEW_FIXES || (phase === 'offline' && waiting > 0)
  if (box.items.length === 0 && !fixes) return null
  return (
    <section className="crew-outbox" aria-label={t('crew.outbox_title')}>
      <ul>
        {box.items.map((item) => (
          <li key={item.id} className={`is-${item.state}`} id={`crew-item-${item.n}`}>
            <CrewIcon name={item.state === 'refused' ? 'warning' : 'clock'} size={20} />
            <b>{whatWord(t, item.what)}</b>
            <time>{clockTime(item.at)}</time>
            <span>{itemState(t, item, isBlocked(box, item))}</span>
            {item.state === 'refused' && <Refused item={item} />}
          </li>
        ))}
        {fixes && (
          <li>
            <CrewIcon name="pin" size={20} />
            <b>{t('crew.fixes', { n: waiting })}</b>
            <span>{t('crew.state_waiting')}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

function Refused({ item }: { item: Item }) {
  const t = useT()
  const { desk } = useCrew()
  const [sure, setSure] = useState(false)
  const discard = () => (sure ? void desk.outbox.dispatch({ type: 'discard', id: item.id }) : setSure(true))
  return (
    <div className="crew-refused" role="alert">
      <p>{t('crew.refused', { reason: refusalWord(t, item.refusal) })}</p>
      <div className="crew-links">
        <a className="crew-button is-strong" href={CENTRE_TELEPHONE}>
          <CrewIcon name="phone" />
          {t('crew.call_centre')}
        </a>
        <button type="button" className="crew-button" onClick={() => void desk.outbox.dispatch({ type: 'retry', id: item.id })}>
          {t('crew.retry')}
        </button>
        <button type="button" className="crew-button" onClick={discard}>
          {t(sure ? 'crew.discard_sure' : 'crew.discard')}
        </button>
      </div>
    </div>
  )
}

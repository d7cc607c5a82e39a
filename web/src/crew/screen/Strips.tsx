/** What is wrong with the line or the phone; nothing while all is well. */
import { useSyncExternalStore } from 'react'
import { useT } from '../../i18n/context'
import { age, duration } from '../../i18n/format'
import { unsent } from '../outbox/reducer'
import { applyUpdate, updates } from '../pwa/register'
import { CrewIcon } from './CrewIcon'
import { useBox, useCrew, useLine, useNow } from './context'

export function Strips() {
  return (
    <>
      <Connection />
      <Update />
    </>
  )
}

function Connection() {
  const t = useT()
  const { logIn } = useCrew()
  const { phase, since, receivedAt, view } = useLine()
  const box = useBox()
  const { phone } = useNow()
  const count = unsent(box)
  if (phase === 'signed_out' || box.signedOut)
    return (
      <div className="crew-strip is-bad" role="alert">
        <p>
          <b>{t('crew.signed_out')}</b>
          <span>{count > 0 ? t('crew.signed_out_kept', { n: count }) : t('crew.signed_out_go')}</span>
        </p>
        <button type="button" className="crew-pill" onClick={logIn}>
          {t('login.submit')}
        </button>
      </div>
    )
  if (phase === 'no_unit')
    return (
      <div className="crew-strip is-bad" role="alert">
        <b>{t('crew.no_unit')}</b>
      </div>
    )
  if (phase === 'loading' && view)
    return (
      <div className="crew-strip" role="status">
        <b>{t('crew.connecting')}</b>
        <span>{t('crew.picture_age', { age: age(t, receivedAt, phone) })}</span>
      </div>
    )
  if (phase !== 'offline') return null
  return (
    <div className="crew-strip" role="alert">
      <CrewIcon name="offline" size={26} />
      <b className="crew-grow" aria-hidden="true">
        {t('crew.offline', { d: duration(t, phone - since) })}
      </b>
      {count > 0 && <b className="crew-pill">{t('crew.outbox', { n: count })}</b>}
      <span className="crew-line">{t('crew.offline_hint')}</span>
    </div>
  )
}

function Update() {
  const t = useT()
  const ready = useSyncExternalStore(updates.on, updates.ready)
  const { view } = useLine()
  // Never while somebody is on the way.
  if (!ready || view?.assignment) return null
  return (
    <div className="crew-strip" role="status">
      <b>{t('crew.update')}</b>
      <button type="button" className="crew-pill" onClick={applyUpdate}>
        {t('crew.update_go')}
      </button>
    </div>
  )
}

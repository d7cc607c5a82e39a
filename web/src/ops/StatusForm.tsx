/** The change of a unit's status by hand, with its reason. */
import { Icon } from '../ui/icons'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useDesk } from '../app/desk'
import { SETTABLE, setUnitStatus } from '../actions/setUnitStatus'
import type { Unit, UnitStatus } from '../api/types'
import { useT } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import { useFeed } from '../ui/hooks'

export function StatusForm({ unit, onDone }: { unit: Unit; onDone(): void }) {
  const t = useT()
  const { world, feed, frozen } = useDesk()
  useFeed(feed, 'status', 0)
  const choices = SETTABLE.filter((status) => status !== unit.status)
  const [status, setStatus] = useState<UnitStatus>(choices[0] ?? 'available')
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const offline = frozen || feed.status.phase === 'offline'

  async function submit() {
    setBusy(true)
    setFailure('')
    try {
      await setUnitStatus(world.id, unit.id, status, reason.trim())
      onDone()
    } catch (error) {
      setFailure(t('status.failed', { reason: reasonOf(t, error) }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="status-form">
      <label htmlFor="new-status">{t('status.title')}</label>
      <Select suffixIcon={<Icon name="down" size={12} />} id="new-status" value={status} onChange={setStatus} options={choices.map((value) => ({ value, label: t(`unit.${value}`) }))} />
      <label htmlFor="status-reason">{t('status.reason')}</label>
      <Input id="status-reason" maxLength={200} placeholder={t('status.reason_hint')} value={reason} onChange={(e) => setReason(e.target.value)} onPressEnter={() => reason.trim() && void submit()} />
      {failure && (
        <p className="alarm" role="alert">
          {failure}
        </p>
      )}
      <div className="actions">
        <button type="button" className="action primary" disabled={busy || offline || !reason.trim()} title={offline ? t('status.offline') : undefined} onClick={() => void submit()}>
          {t('status.submit', { status: t(`unit.${status}`) })}
        </button>
        <button type="button" className="action" onClick={onDone}>
          {t('status.cancel')}
        </button>
      </div>
    </div>
  )
}

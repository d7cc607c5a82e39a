/** Takes a resource out of use: asked for twice, with the reason that the record keeps. */
import { useState } from 'react'
import { useT } from '../i18n/context'

export function RetireRow({ busy, name, onRetire }: { busy: boolean; name: string; onRetire(reason: string): void }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  if (!open)
    return (
      <p className="retire">
        <button type="button" className="link alarm" onClick={() => setOpen(true)}>
          {t('registry.retire')}
        </button>
        <span>{t('registry.retire_hint')}</span>
      </p>
    )
  return (
    <form
      className="retire open"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim()) onRetire(reason.trim())
      }}
    >
      <label>
        {t('registry.retire_reason')}
        <input autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <button type="submit" className="action danger" disabled={busy || !reason.trim()}>
        {t('registry.retire_name', { name })}
      </button>
      <button type="button" className="action" onClick={() => setOpen(false)}>
        {t('registry.keep')}
      </button>
    </form>
  )
}

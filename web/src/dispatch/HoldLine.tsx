/** 挂起: the reason and until when, in the foot of the form; Enter holds, Esc leaves. */
import { useState } from 'react'
import { useT } from '../i18n/context'
import { useDispatch } from './useDispatch'

const MINUTES = [10, 30, 60] as const

export function HoldLine({ onHold }: { onHold(reason: string, until: string | undefined): void }) {
  const t = useT()
  const { feed, dispatch } = useDispatch()
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState<number | null>(10)
  const hold = () => {
    const until = minutes === null ? undefined : new Date(feed.clock.now() + minutes * 60_000).toISOString()
    if (reason.trim()) onHold(reason.trim(), until)
  }
  return (
    <div className="hold-line">
      <input
        aria-label={t('hold.reason')}
        placeholder={t('hold.reason_hint')}
        autoFocus
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') hold()
          if (event.key === 'Escape') dispatch.set({ holding: false })
          if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation()
        }}
      />
      <div className="segments" role="group" aria-label={t('hold.until')}>
        {[...MINUTES, null].map((n) => (
          <button key={n ?? 0} type="button" aria-pressed={minutes === n} onClick={() => setMinutes(n)}>
            {n === null ? t('hold.open') : t('hold.minutes', { n })}
          </button>
        ))}
      </div>
      <button type="button" className="action primary" disabled={!reason.trim()} onClick={hold}>
        {t('hold.submit')} <kbd>Enter</kbd>
      </button>
    </div>
  )
}

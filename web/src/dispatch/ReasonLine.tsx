/** Why: a short reason by one key, or typed. Opens under the row that it is about. */
import { useState } from 'react'
import { useT } from '../i18n/context'
import type { Key } from '../i18n/translate'
import { isTyping } from '../ui/typing'
import { useDispatch } from './useDispatch'

interface Props {
  /** What happens, as the button says it. */
  title: string
  reasons: readonly Key[]
  onReason(reason: string): void
}

export function ReasonLine({ title, reasons, onReason }: Props) {
  const t = useT()
  const { barred, dispatch } = useDispatch()
  const [typed, setTyped] = useState('')
  const text = typed.replace(/\s+/g, ' ').trim()
  return (
    <div
      className="reason-line"
      role="group"
      aria-label={title}
      onKeyDown={(event) => {
        const reason = reasons[Number(event.key) - 1]
        if (isTyping(event.target) || !reason || barred || event.repeat) return
        event.preventDefault()
        event.stopPropagation()
        onReason(t(reason))
      }}
    >
      <b>{title}</b>
      {reasons.map((reason, i) => (
        <button key={reason} type="button" className="action small" disabled={barred !== null} autoFocus={i === 0} onClick={() => onReason(t(reason))}>
          <kbd>{i + 1}</kbd> {t(reason)}
        </button>
      ))}
      <input
        aria-label={t('ask.typed')}
        placeholder={t('ask.typed')}
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') dispatch.set({ asking: null })
          if (event.key === 'Enter' && text && !barred && !event.repeat) onReason(text)
          if (event.key === 'Escape' || event.key === 'Enter') event.stopPropagation()
        }}
      />
      {text && (
        <button type="button" className="action small strong" disabled={barred !== null} onClick={() => onReason(text)}>
          {title} <kbd>Enter</kbd>
        </button>
      )}
    </div>
  )
}

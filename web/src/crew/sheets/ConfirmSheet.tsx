/** Something that is not done by one press alone: what happens, a reason where one is wanted, the deed on the button. */
import { useState } from 'react'
import { useT } from '../../i18n/context'
import { MAX_REASON } from '../steps'
import { Sheet } from './Sheet'
import { Toggles } from './Toggles'

interface Props {
  title: string
  text: string
  action: string
  /** Reasons to press; none: no reason is asked. */
  reasons?: readonly string[]
  danger?: boolean
  onClose(): void
  onConfirm(reason: string): Promise<boolean>
}

export function ConfirmSheet({ title, text, action, reasons, danger, onClose, onConfirm }: Props) {
  const t = useT()
  const [chosen, setChosen] = useState<string | null>(null)
  const [free, setFree] = useState('')
  const [busy, setBusy] = useState(false)
  const reason = [chosen ?? '', free].filter(Boolean).join(' ')
  async function confirm() {
    setBusy(true)
    if (await onConfirm(reason)) onClose()
    else setBusy(false)
  }
  return (
    <Sheet title={title} onClose={onClose}>
      <p>{text}</p>
      {reasons && (
        <>
          <Toggles label={t('crew.reason')} options={reasons.map((word) => [word, word])} value={chosen} onChange={setChosen} />
          <label className="crew-field">
            {t('crew.reason_other')}
            <input value={free} maxLength={MAX_REASON / 2} onChange={(event) => setFree(event.target.value)} />
          </label>
        </>
      )}
      <button type="button" className={`crew-button is-strong is-wide ${danger ? 'is-danger' : ''}`} disabled={busy || (reasons !== undefined && !reason)} onClick={() => void confirm()}>
        {action}
      </button>
    </Sheet>
  )
}

/** A sheet from below: the browser's own dialog, so that focus, Escape and the screen reader are right. */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useT } from '../../i18n/context'
import { CrewIcon } from '../screen/CrewIcon'

interface Props {
  title: string
  onClose(): void
  children: ReactNode
}

export function Sheet({ title, onClose, children }: Props) {
  const t = useT()
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog ref={ref} className="crew-sheet" aria-labelledby={id} onCancel={(event) => (event.preventDefault(), onClose())} onClick={(event) => event.target === ref.current && onClose()}>
      <div className="crew-sheet-body">
        <div className="crew-sheet-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="crew-square" aria-label={t('crew.close')} onClick={onClose}>
            <CrewIcon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}

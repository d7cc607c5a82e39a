/** The white bar: what Enter will send. Its button has the focus, so that Enter means this and nothing else. */
import { useEffect, useRef } from 'react'
import type { Armed } from '../domain/arming'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'
import { useDispatch } from './useDispatch'
import type { Reserve } from './useReserve'

interface Props {
  armed: Armed
  ranks: readonly number[]
  place: string
  busy: boolean
  reserve: Reserve | null
  onSend(): void
}

export function ArmedBar({ armed, ranks, place, busy, reserve, onSend }: Props) {
  const t = useT()
  const { barred } = useDispatch()
  const button = useRef<HTMLButtonElement>(null)
  const names = armed.units.map((unit) => unit.name).join(t('rec.comma'))
  const key = armed.units.map((unit) => unit.id).join()
  useEffect(() => button.current?.focus({ preventScroll: true }), [key])
  return (
    <div className="armed-bar" role="status">
      <p>
        <b>{t('assign.armed', { unit: names, place })}</b>
        <span>{ranks.length > 0 ? t('assign.hint', { n: ranks.join(' ') }) : t('assign.hint_enter')}</span>
      </p>
      {reserve && (
        <button type="button" className="action keep" disabled={busy} onClick={reserve.toggle}>
          {t(reserve.kept ? 'release.go' : 'reserve.go')} <kbd>R</kbd>
        </button>
      )}
      <button
        ref={button}
        type="button"
        className="action send"
        disabled={busy || barred !== null}
        onKeyDown={(event) => {
          // A key held down must not send twice.
          if (event.key === 'Enter' && event.repeat) event.preventDefault()
        }}
        onClick={onSend}
      >
        <Icon name="enter" size={18} /> {t('assign.go')}
      </button>
    </div>
  )
}

/** Who calls: masked until somebody asks for it, and the look is recorded. */
import { useState } from 'react'
import { getPrivate } from '../api/dispatch'
import type { Call } from '../api/cases'
import { useT } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { FieldLabel } from './FieldLabel'
import type { Intake } from './useIntake'
import { useDispatch } from './useDispatch'
import { useMaskedNumber } from './useMaskedNumber'

export function CallerRow({ call, intake }: { call: Call | null; intake: Intake }) {
  const t = useT()
  const { draft, locked, update } = intake
  if (!draft) return null
  return (
    <div className="field-pair">
      <div>
        <FieldLabel name={t('caller.number')} />
        {call ? <CallerNumber key={call.id} call={call} intake={intake} /> : <p className="field-box dim">{t('caller.none')}</p>}
      </div>
      <div>
        <FieldLabel name={t('caller.contact')} htmlFor="contact" />
        <div className="field-box two">
          <input id="contact" disabled={Boolean(locked) || !draft.personalKnown} maxLength={80} placeholder={draft.personalKnown ? t('caller.contact_hint') : t('private.hidden')} value={draft.contactName} onChange={(e) => update({ contactName: e.target.value })} />
          <input aria-label={t('caller.phone')} disabled={Boolean(locked) || !draft.personalKnown} inputMode="tel" maxLength={80} placeholder={draft.personalKnown ? t('caller.phone') : ''} value={draft.contactPhone} onChange={(e) => update({ contactPhone: e.target.value })} />
        </div>
      </div>
    </div>
  )
}

function CallerNumber({ call, intake }: { call: Call; intake: Intake }) {
  const t = useT()
  const { world, barred } = useDispatch()
  const [content, setContent] = useState<Record<string, string> | null>(null)
  const [open, setOpen] = useState(false)
  const [failure, setFailure] = useState('')
  const masked = useMaskedNumber(call.private?.id ?? null)
  if (!call.private) return <p className="field-box dim">{word(t, 'line', call.line)}</p>
  const { id } = call.private
  const show = async () => {
    setOpen(!open)
    if (content) return
    try {
      setContent((await getPrivate(world.id, id)).content)
      setFailure('')
    } catch (error) {
      setFailure(t('private.failed', { reason: reasonOf(t, error) }))
      setOpen(false)
    }
  }
  const number = content?.caller_number
  const told = content?.location_text
  const text = content && !number ? t('caller.none') : open && number ? number : (masked ?? t('private.masked'))
  return (
    <>
      <div className="field-box">
        <b className="number">{text}</b>
        {open && content?.caller_name && <span>{content.caller_name}</span>}
        <button type="button" className="reveal" disabled={barred === 'desk.no_right'} aria-pressed={open} aria-label={t(open ? 'private.hide' : 'private.show')} title={t('private.recorded')} onClick={() => void show()}>
          <Icon name={open ? 'eyeOff' : 'eye'} size={16} />
        </button>
      </div>
      {failure && <p className="alarm small">{failure}</p>}
      {open && told && (
        <p className="told">
          {t('caller.told', { text: told })}
          {!intake.locked && (
            <button type="button" className="link" onClick={() => intake.update({ address: told })}>
              {t('caller.use')}
            </button>
          )}
        </p>
      )}
    </>
  )
}

/** The word that marks every picture of a drill, faint and beyond reach of the pointer. */
import { useT } from '../i18n/context'

const WORDS = 15

export function Watermark() {
  const t = useT()
  return (
    <div className="watermark" aria-hidden="true">
      {Array.from({ length: WORDS }, (_, i) => (
        <span key={i}>{t('drill.word')}</span>
      ))}
    </div>
  )
}

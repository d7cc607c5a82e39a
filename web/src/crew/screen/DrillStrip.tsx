/** The hazard band of a drill on the phone; it cannot be closed or scrolled away. */
import { useT } from '../../i18n/context'

export function DrillStrip({ name }: { name: string }) {
  const t = useT()
  return (
    <>
      <div className="crew-drill" role="note">
        <b>{t('drill.word')}</b>
        <span>
          {name}　{t('crew.drill')}
        </span>
      </div>
      <div className="crew-frame" aria-hidden="true" />
    </>
  )
}

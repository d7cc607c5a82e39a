/** A panel that lies over the map until it is closed. */
import type { ReactNode } from 'react'
import { useDesk } from '../app/desk'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'

export function Float({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  const t = useT()
  const { ops } = useDesk()
  return (
    <section className={`float ${name}`} role="dialog" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <button type="button" className="close" aria-label={t('card.close')} onClick={() => ops.set({ float: null })}>
          <Icon name="close" size={14} />
        </button>
      </header>
      {children}
    </section>
  )
}

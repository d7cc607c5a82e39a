/** A panel over the map: the map is evidence at the edge, the form is never covered. */
import type { ReactNode } from 'react'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'
import { useDispatch } from './useDispatch'

export function PanelFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useT()
  const { dispatch } = useDispatch()
  return (
    <section className="desk-panel" aria-label={title} data-region="panel">
      <header className="panel-head">
        <h2>{title}</h2>
        <button type="button" className="close" aria-label={t('card.close')} onClick={() => dispatch.set({ panel: null })}>
          <Icon name="close" size={16} />
        </button>
      </header>
      <div className="desk-panel-body">{children}</div>
    </section>
  )
}

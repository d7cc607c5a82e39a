/** Says that the screen failed and offers to load it again; a frozen picture must not look alive. */
import { Component, type ReactNode } from 'react'
import { I18nContext } from '../i18n/context'

interface Props {
  children: ReactNode
}

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  static override contextType = I18nContext
  declare context: React.ContextType<typeof I18nContext>
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch(error: unknown) {
    console.error(error)
  }

  override render() {
    if (!this.state.failed) return this.props.children
    const { t } = this.context
    return (
      <div className="crash" role="alert">
        <h1>{t('crash.title')}</h1>
        <p>{t('crash.text')}</p>
        <button type="button" className="action primary" onClick={() => location.reload()}>
          {t('crash.reload')}
        </button>
      </div>
    )
  }
}

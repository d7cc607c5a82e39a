/** Language, theme and the question who is there. */
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { getSession } from '../api/client'
import type { Session } from '../api/types'
import { I18nContext, storedLanguage, storeLanguage } from '../i18n/context'
import { translator, type Language } from '../i18n/translate'
import { antdTheme } from '../theme/antd'
import { DeskShell } from './DeskShell'
import { ErrorBoundary } from './ErrorBoundary'
import { Login } from './Login'

const THEME = antdTheme('dark')

export function App() {
  const [language, setLanguage] = useState<Language>(storedLanguage)
  const [session, setSession] = useState<Session | null | undefined>(undefined)
  const [ended, setEnded] = useState(false)
  const i18n = useMemo(
    () => ({
      language,
      t: translator(language),
      setLanguage: (next: Language) => {
        storeLanguage(next)
        setLanguage(next)
      },
    }),
    [language],
  )
  const signedOut = useCallback(() => {
    setEnded(true)
    setSession(null)
  }, [])

  useEffect(() => {
    getSession().then(setSession, () => setSession(null))
  }, [])
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])

  return (
    <I18nContext value={i18n}>
      <ConfigProvider theme={THEME} locale={language === 'zh' ? zhCN : enUS}>
        <ErrorBoundary>
          {session === null && <Login ended={ended} onSession={setSession} />}
          {session && <DeskShell session={session} signedOut={signedOut} />}
        </ErrorBoundary>
      </ConfigProvider>
    </I18nContext>
  )
}

/** Language, theme and the question who is there. */
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { getSession } from '../api/client'
import type { Session } from '../api/types'
import { keepSession, keptSession } from '../crew/desk/cache'
import { I18nContext, storedLanguage, storeLanguage } from '../i18n/context'
import { translator, type Language } from '../i18n/translate'
import { antdTheme } from '../theme/antd'
import { ErrorBoundary } from './ErrorBoundary'
import { Login } from './Login'

const THEME = antdTheme('dark')
// The phone never loads the map, the desk never loads the phone.
const DeskShell = lazy(() => import('./DeskShell').then((module) => ({ default: module.DeskShell })))
const CrewScreen = lazy(() => import('../crew/CrewScreen'))

export function App() {
  const [language, setLanguage] = useState<Language>(storedLanguage)
  const [session, setSession] = useState<Session | null | undefined>(() => keptSession() ?? undefined)
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
    // Without a signal a crew goes on with what its phone keeps.
    getSession().then(setSession, () => setSession((known) => known ?? null))
  }, [])
  useEffect(() => {
    if (session !== undefined) keepSession(session)
  }, [session])
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])

  return (
    <I18nContext value={i18n}>
      <ConfigProvider theme={THEME} locale={language === 'zh' ? zhCN : enUS}>
        <ErrorBoundary>
          {session === null && <Login ended={ended} onSession={setSession} />}
          <Suspense>
            {session?.user.role === 'crew' && <CrewScreen session={session} signedOut={signedOut} />}
            {session && session.user.role !== 'crew' && <DeskShell session={session} signedOut={signedOut} />}
          </Suspense>
        </ErrorBoundary>
      </ConfigProvider>
    </I18nContext>
  )
}

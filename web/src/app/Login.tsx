/** The log-in page. */
import { useEffect, useState, type KeyboardEvent, type SubmitEvent } from 'react'
import { logIn } from '../actions/logIn'
import { getReadiness } from '../api/client'
import type { Session } from '../api/types'
import { useI18n } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import type { Key } from '../i18n/translate'
import { Icon, Logo } from '../ui/icons'
import { LanguageSwitch } from './LanguageSwitch'
import { LoginMap } from './LoginMap'
import './login.css'

interface Props {
  ended: boolean
  onSession(session: Session): void
}

export function Login({ ended, onSession }: Props) {
  const { t } = useI18n()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [caps, setCaps] = useState(false)
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState(ended ? t('login.again') : '')
  const service = useService()

  useEffect(() => {
    document.title = t('app.name')
  }, [t])

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    setBusy(true)
    const result = await logIn(username, password)
    setBusy(false)
    if (result.ok) return onSession(result.session)
    setMessage(result.wrong ? t('login.wrong') : t('login.failed', { reason: reasonOf(t, result.error) }))
  }

  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  const note = message || (caps ? t('login.caps') : '')
  return (
    <main className="login">
      <LoginMap />
      <form className="login-form" onSubmit={submit}>
        <h1>
          <Logo size={34} />
          {t('app.name')}
        </h1>
        <p>{t('app.tagline')}</p>
        <p>{t('app.areas')}</p>
        <label htmlFor="username">{t('login.user')}</label>
        <input id="username" autoComplete="username" autoFocus value={username} onChange={(e) => setUsername(e.target.value)} />
        <label htmlFor="password">{t('login.password')}</label>
        <div className="login-secret">
          <input
            id="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.target.value)}
            onKeyUp={watchCaps}
          />
          <button type="button" aria-label={t(shown ? 'login.hide' : 'login.show')} onClick={() => setShown(!shown)}>
            <Icon name={shown ? 'eyeOff' : 'eye'} />
          </button>
        </div>
        <p className={`login-note ${message ? 'bad' : ''}`} role="status">
          {note && <Icon name="warning" size={16} />}
          {note}
        </p>
        <button className="primary" type="submit" disabled={busy || !username || !password}>
          {t('login.submit')}
          <kbd>⏎</kbd>
        </button>
      </form>
      <footer>
        <LanguageSwitch />
        <span>{service && t(service)}</span>
      </footer>
      <span className="login-source">{t('map.attribution')}</span>
    </main>
  )
}

function useService(): Key | null {
  const [state, setState] = useState<Key | null>(null)
  useEffect(() => {
    void getReadiness().then((ready) => setState(ready?.status === 'ok' ? 'login.ok' : ready ? 'login.degraded' : 'login.down'))
  }, [])
  return state
}

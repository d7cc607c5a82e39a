/** The 48 px bar: brand, sections, search, connection, clock, user. */
import { Select } from 'antd'
import { logOut } from '../actions/logOut'
import type { Jurisdiction } from '../api/types'
import { useI18n, useT } from '../i18n/context'
import { clockTime, day } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { SearchBox } from '../ops/SearchBox'
import { useFeed, useSecond } from '../ui/hooks'
import { Icon, Logo } from '../ui/icons'
import { useDesk } from './desk'
import { ThemeSwitch } from './DeskTheme'
import { FeedPill } from './FeedPill'
import { AlarmWatch } from './AlarmWatch'
import { goTo, SECTION_NAMES, SECTIONS, useRoute } from './sections'
import { repeatsRole } from './seat'
import { LanguageSwitch } from './LanguageSwitch'

export function TopBar({ onWorld }: { onWorld(id: string): void }) {
  const t = useT()
  const { session, world, worlds } = useDesk()
  const { user } = session
  const route = useRoute()
  return (
    <header className="topbar">
      <div className="brand">
        <Logo />
        <b>{t('app.name')}</b>
        <Organisation />
      </div>
      <nav aria-label={t('nav.label')}>
        {SECTIONS.map((section) => (
          <button key={section} type="button" aria-current={route === section ? 'page' : undefined} onClick={() => goTo(section)}>
            {t(SECTION_NAMES[section])}
          </button>
        ))}
      </nav>
      {worlds.length > 1 && (
        <Select
        suffixIcon={<Icon name="down" size={12} />}
          className="world-select"
          size="small"
          aria-label={t('world.switch')}
          value={world.id}
          onChange={onWorld}
          popupMatchSelectWidth={false}
          options={worlds.map((w) => ({ value: w.id, label: w.kind === 'live' ? t('world.live') : `${t('drill.word')} · ${w.name}` }))}
        />
      )}
      <SearchBox />
      <FeedPill />
      <AlarmWatch />
      <WorldTime />
      <div className="user">
        <Icon name="user" />
        <span>{t(`role.${user.role}`)}</span>
        {!repeatsRole(user) && <span>{user.display_name || user.username}</span>}
      </div>
      <a className="quiet wall-link" href={`${location.search}#/wall`} target="_blank" rel="noopener" aria-label={t('nav.wall_window')} title={t('nav.wall_window')}>
        <Icon name="screen" />
      </a>
      <ThemeSwitch />
      <LanguageSwitch />
      <button className="quiet" type="button" onClick={() => void logOut()}>
        {t('user.logout')}
      </button>
    </header>
  )
}

function Organisation() {
  const { session, feed } = useDesk()
  useFeed(feed, 'entities', 1000)
  const { t, language } = useI18n()
  const own = [...feed.picture.all<Jurisdiction>('jurisdiction')].find((j) => j.code === session.user.jurisdiction)
  return <span className="organisation">{nameIn(language, own, t('app.tagline'))}</span>
}

function WorldTime() {
  const t = useT()
  const { feed } = useDesk()
  useSecond()
  const now = feed.clock.now()
  return (
    <div className="clock">
      <span>{day(t, now)}</span>
      <b aria-hidden="true">{clockTime(now)}</b>
    </div>
  )
}

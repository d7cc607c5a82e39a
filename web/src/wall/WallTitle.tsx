/** Title of the wall: day, name, how far the picture may be believed, clock. Its few buttons show when somebody reaches for them. */
import { useDesk } from '../app/desk'
import { LanguageSwitch } from '../app/LanguageSwitch'
import { ThemeSwitch } from '../app/DeskTheme'
import { goTo } from '../app/sections'
import { FeedPill } from '../app/FeedPill'
import { useI18n } from '../i18n/context'
import { clockTime, day } from '../i18n/format'
import { nameIn } from '../i18n/names'
import type { Jurisdiction } from '../api/types'
import { useFeed, useSecond } from '../ui/hooks'
import { Icon, Logo } from '../ui/icons'

export function WallTitle() {
  const { t, language } = useI18n()
  const { feed, session } = useDesk()
  useFeed(feed, 'entities', 2_000)
  useSecond()
  const now = feed.clock.now()
  const own = [...feed.picture.all<Jurisdiction>('jurisdiction')].find((area) => area.code === session.user.jurisdiction)
  return (
    <header className="wall-title">
      <div className="wall-left">
        <b>{day(t, now)}</b>
        <span>{nameIn(language, own, t('wall.all_areas'))}</span>
        <div className="wall-tools">
          <button type="button" className="quiet" aria-label={t('wall.leave')} title={t('wall.leave')} onClick={() => goTo('map')}>
            <Icon name="close" size={22} />
          </button>
          <button type="button" className="quiet" aria-label={t('wall.full')} title={t('wall.full')} onClick={() => void toggleFull()}>
            <Icon name="fit" size={22} />
          </button>
          <ThemeSwitch size={22} />
          <LanguageSwitch />
        </div>
      </div>
      <h1>
        <Logo size={30} />
        {t('app.name')} <span>{t('wall.title')}</span>
      </h1>
      <div className="wall-right">
        <FeedPill />
        <b className="wall-clock" aria-hidden="true">
          {clockTime(now)}
        </b>
      </div>
    </header>
  )
}

async function toggleFull(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else await document.documentElement.requestFullscreen()
  } catch {
    // A browser may refuse; F11 does the same.
  }
}

/** When the server was last heard: what the live picture says is as of then. */
import { useT } from '../i18n/context'
import { age } from '../i18n/format'
import { useSecond } from '../ui/hooks'
import { useDesk } from './desk'

export function PictureAge({ named = false }: { named?: boolean }) {
  const t = useT()
  const { feed } = useDesk()
  const now = useSecond() * 1000
  if (feed.heardAt === 0) return <>{t('feed.loading')}</>
  const text = age(t, Math.min(feed.heardAt, now), now)
  return <>{named ? t('age.picture', { t: text }) : text}</>
}

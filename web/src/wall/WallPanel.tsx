/** A panel of the wall: heading, a count, and how old what it says is. */
import type { ReactNode } from 'react'
import { useDesk } from '../app/desk'
import { useT } from '../i18n/context'
import { age, count } from '../i18n/format'
import { useSecond } from '../ui/hooks'

interface Props {
  name: string
  title: string
  total?: number
  /** Words on the age; left out, the age of the live picture. */
  asOf?: string
  children: ReactNode
}

export function WallPanel({ name, title, total, asOf, children }: Props) {
  return (
    <section className={`wall-panel ${name}`} data-panel={name} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {total !== undefined && <b className="figure">{count(total)}</b>}
        <span className="as-of">{asOf ?? <PictureAge />}</span>
      </header>
      {children}
    </section>
  )
}

/** When the server was last heard: what the live picture says is as of then. */
export function PictureAge() {
  const t = useT()
  const { feed } = useDesk()
  const now = useSecond() * 1000
  return <>{feed.heardAt === 0 ? t('feed.loading') : age(t, Math.min(feed.heardAt, now), now)}</>
}

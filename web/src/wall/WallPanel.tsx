/** A panel of the wall: heading, a count, and how old what it says is. */
import type { ReactNode } from 'react'
import { PictureAge } from '../app/PictureAge'
import { count } from '../i18n/format'

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

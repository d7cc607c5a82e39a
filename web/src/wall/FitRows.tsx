/** A list of rows of one height, cut where the room ends; what is left out is counted. */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { cut } from '../domain/wall'
import { useT } from '../i18n/context'
import { count } from '../i18n/format'

interface Props<T> {
  rows: readonly T[]
  /** Height of a row, px. */
  height: number
  keyOf(row: T): string
  /** Lower is kept rather; the order shown stays that of the rows. */
  trouble?(row: T): number
  empty: string
  className?: string
  children(row: T): ReactNode
}

export function FitRows<T>({ rows, height, keyOf, trouble, empty, className = '', children }: Props<T>) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const [fit, setFit] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setFit(Math.floor(element.clientHeight / height))
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [height])
  const { shown, rest } = cut(rows, fit, trouble)
  return (
    <div ref={box} className={`fit-rows ${className}`}>
      {rows.length === 0 && <p className="fit-empty">{empty}</p>}
      <ul style={{ gridAutoRows: height }}>
        {shown.map((row) => (
          <li key={keyOf(row)} data-id={keyOf(row)}>
            {children(row)}
          </li>
        ))}
        {rest > 0 && <li className="fit-rest">{t('wall.rest', { n: count(rest) })}</li>}
      </ul>
    </div>
  )
}

/** 图上资源列表: the map's content as a table, with the same selection. */
import { useEffect, useState } from 'react'
import { useDesk } from '../app/desk'
import type { Placed } from '../api/types'
import { inView, type Seen } from '../domain/inView'
import { isUnit } from '../domain/units'
import { useT } from '../i18n/context'
import { age, distance } from '../i18n/format'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import type { MapRef } from './mapRef'

const EVERY_MS = 1_000
const LIMIT = 300

export function ResourceList({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, ops } = useDesk()
  const [lines, setLines] = useState<Seen[]>([])
  useEffect(() => {
    const look = () => {
      const view = mapRef.current
      if (!view) return
      setLines(inView(feed.picture, view.bounds(), view.centre(), ops.get().hidden))
    }
    look()
    const timer = window.setInterval(look, EVERY_MS)
    return () => window.clearInterval(timer)
  }, [mapRef, feed, ops])
  const now = feed.clock.now()
  return (
    <section className="float list" aria-label={t('list.title')}>
      <header>
        <h2>{t('list.title')}</h2>
        <span>{lines.length}</span>
        <button type="button" className="close" aria-label={t('list.close')} onClick={() => ops.set({ listOpen: false })}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <div className="list-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('list.name')}</th>
              <th scope="col">{t('list.kind')}</th>
              <th scope="col">{t('list.status')}</th>
              <th scope="col">{t('list.distance')}</th>
              <th scope="col">{t('list.age')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, LIMIT).map(({ id, far }) => {
              const entity = feed.picture.get(id) as Placed | undefined
              if (!entity) return null
              const whole = feed.picture.get(id)
              const fix = feed.picture.fixes.get(id)
              return (
                <tr key={id}>
                  <td>
                    <button type="button" onClick={() => ops.set({ selected: id })}>
                      {entity.name}
                    </button>
                  </td>
                  <td>{word(t, 'kind', entity.kind)}</td>
                  <td>{isUnit(whole) ? t(`unit.${whole.status}`) : ''}</td>
                  <td className="n">{distance(far)}</td>
                  <td>{fix ? age(t, fix.at, now) : ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
        {lines.length === 0 && <p className="pad">{t('list.empty')}</p>}
      </div>
    </section>
  )
}

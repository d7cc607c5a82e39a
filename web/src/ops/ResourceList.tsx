/** 图上资源列表: the map's content as a table, with the same selection. */
import { useEffect, useState } from 'react'
import { useDesk } from '../app/desk'
import type { Placed } from '../api/types'
import { isUnit, roughDistance } from '../domain/units'
import { useT } from '../i18n/context'
import { age, distance } from '../i18n/format'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import type { MapRef } from './mapRef'

const EVERY_MS = 1_000
const LIMIT = 300

interface Line {
  id: string
  far: number
}

export function ResourceList({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, ops } = useDesk()
  const [lines, setLines] = useState<Line[]>([])
  useEffect(() => {
    const look = () => {
      const view = mapRef.current
      if (!view) return
      const centre = view.centre()
      const seen = view.inView().filter((node) => node.look.type !== 'cluster')
      const next = seen.map((node) => {
        const { lon, lat } = view.whereIs(node)
        return { id: node.id, far: roughDistance(centre.lon, centre.lat, lon, lat) }
      })
      setLines(next.sort((a, b) => a.far - b.far).slice(0, LIMIT))
    }
    look()
    const timer = window.setInterval(look, EVERY_MS)
    return () => window.clearInterval(timer)
  }, [mapRef])
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
            {lines.map(({ id, far }) => {
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

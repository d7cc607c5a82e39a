/** 地图图片: what is on the map now, to be kept as a file or printed, with its time and its source. */
import { useEffect, useState } from 'react'
import { useDesk } from '../../app/desk'
import { useT } from '../../i18n/context'
import { clockTime, fullTime } from '../../i18n/format'
import { Float } from '../Float'
import { useMapSource } from '../MapSource'
import type { MapRef } from '../mapRef'
import { compose, pngOf } from './compose'
import './sheet.css'

export function MapSheet({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, world, session, demoFeed } = useDesk()
  const mapSource = useMapSource()
  const [picture, setPicture] = useState<{ url: string; name: string } | null>(null)
  useEffect(() => {
    let gone = false
    let url = ''
    const now = feed.clock.now()
    const drill = world.kind === 'drill' ? t('sheet.drill', { name: world.name }) : null
    const worth = feed.status.phase === 'live' ? t('feed.live') : t('feed.offline', { t: clockTime(feed.status.since) })
    const source = [mapSource, t('sheet.source', { name: session.user.display_name || session.user.username }), ...(demoFeed ? [t('feed.demo')] : [])].join(' · ')
    const take = async () => {
      const map = await mapRef.current?.photo()
      const blob = map && (await pngOf(compose(map, { title: `${t('app.name')} ${t('nav.map')}`, time: `${fullTime(t, now)} · ${worth}`, source, drill })))
      if (!blob || gone) return
      url = URL.createObjectURL(blob)
      setPicture({ url, name: `chiyuan-${fullTime(t, now).replaceAll(/[^\d]+/g, '-')}.png` })
    }
    void take()
    return () => {
      gone = true
      if (url) URL.revokeObjectURL(url)
    }
    // The picture is of the moment in which it was asked for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <Float name="sheet" title={t('sheet.title')}>
      {picture ? <img className="map-print" src={picture.url} alt={t('sheet.alt')} /> : <p className="dim">{t('sheet.making')}</p>}
      <footer>
        <a className={`action ${picture ? '' : 'off'}`} href={picture?.url} download={picture?.name} aria-disabled={!picture}>
          {t('sheet.save')}
        </a>
        <button type="button" className="action" disabled={!picture} onClick={() => window.print()}>
          {t('sheet.print')}
        </button>
      </footer>
    </Float>
  )
}

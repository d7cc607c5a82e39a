/** 需要关注: units without a fresh fix, wards without a free bed. */
import { useMemo } from 'react'
import { useDesk } from '../app/desk'
import type { BedPool, Unit } from '../api/types'
import { bedState } from '../domain/places'
import { isStale, UNIT_KINDS } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { duration } from '../i18n/format'
import type { Translate } from '../i18n/translate'
import { useFeed, useSecond } from '../ui/hooks'
import { Icon } from '../ui/icons'
import { EntityIcon } from './EntityIcon'
import type { MapRef } from './mapRef'

const SHOWN = 9

interface Concern {
  id: string
  text: string
  lon: number
  lat: number
  stale: boolean
}

export function Attention({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, ops } = useDesk()
  const version = useFeed(feed, 'entities', 1000)
  const second = useSecond()
  const concerns = useMemo(() => {
    void version
    void second
    return concernsOf(feed.picture, feed.clock.now(), t)
  }, [feed, version, second, t])
  const choose = (concern: Concern) => {
    ops.set({ selected: concern.id })
    mapRef.current?.reveal(concern.lon, concern.lat, 10)
  }
  return (
    <section className="attention" aria-label={t('attention.title')}>
      <header className="section-head">
        <Icon name="warning" />
        <h2>{t('attention.title')}</h2>
        <span>{concerns.length > 0 ? concerns.length : ''}</span>
      </header>
      {concerns.length === 0 && !feed.loading && <p className="dim pad">{t('attention.none')}</p>}
      <ol className="ranked">
        {concerns.slice(0, SHOWN).map((concern) => {
          const entity = feed.picture.get(concern.id)
          return (
            <li key={concern.id}>
              <button type="button" className="candidate low" onClick={() => choose(concern)}>
                {entity && <EntityIcon entity={entity} size={entity.kind === 'bed_pool' ? 44 : 34} stale={concern.stale} now={feed.clock.now()} />}
                <span className="who">
                  <b>{entity?.name}</b>
                  <small>{concern.text}</small>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      {concerns.length > SHOWN && <p className="near-foot">{t('attention.more', { n: concerns.length - SHOWN })}</p>}
    </section>
  )
}

function concernsOf(picture: Picture, now: number, t: Translate): Concern[] {
  const concerns: Concern[] = []
  for (const kind of UNIT_KINDS) {
    for (const unit of picture.all<Unit>(kind)) {
      const fix = picture.fixes.get(unit.id)
      if (unit.retired || !fix || !isStale(unit, fix, now)) continue
      concerns.push({ id: unit.id, text: t('attention.stale', { age: duration(t, now - fix.at) }), lon: fix.lon, lat: fix.lat, stale: true })
    }
  }
  for (const pool of picture.all<BedPool>('bed_pool')) {
    if (pool.retired || pool.staffed === 0) continue
    const state = bedState([pool], now)
    if (state !== 'none') continue
    concerns.push({ id: pool.id, text: t('attention.beds_out', { m: pool.staffed }), lon: pool.lon, lat: pool.lat, stale: false })
  }
  return concerns
}

/** The card of what stays where it is: station, facility, beds, store. */
import type { ReactNode } from 'react'
import { useDesk } from '../app/desk'
import { useWho } from '../app/people'
import type { BedPool, Entity, Facility, Item, Jurisdiction, Placed, Station, Stockpile, Unit } from '../api/types'
import { bedsStale, freeBeds, isExpired } from '../domain/places'
import { groupOf, UNIT_KINDS } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useI18n, useT } from '../i18n/context'
import { age, coordinates, count, distance } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { word, type Translate } from '../i18n/translate'
import { useSecond } from '../ui/hooks'
import { CardHead, Chips, Fact, PointActions } from './cardParts'
import { EntityIcon } from './EntityIcon'
import type { MapRef } from './mapRef'

export function PlaceCard({ place, mapRef }: { place: Placed & Entity; mapRef: MapRef }) {
  const { t, language } = useI18n()
  const { feed, ops } = useDesk()
  useSecond()
  const now = feed.clock.now()
  const area = [...feed.picture.all<Jurisdiction>('jurisdiction')].find((j) => j.code === place.jurisdiction)
  const facts: Record<string, () => ReactNode> = {
    station: () => <StationFacts station={place as Station} picture={feed.picture} />,
    facility: () => <FacilityFacts facility={place as Facility} picture={feed.picture} onOpen={(id) => ops.set({ selected: id })} />,
    bed_pool: () => <BedFacts pool={place as BedPool} now={now} />,
    stockpile: () => <StockFacts stock={place as Stockpile} picture={feed.picture} now={now} />,
  }
  return (
    <section className="card" aria-label={place.name}>
      <CardHead
        icon={<EntityIcon entity={place} size={46} now={now} />}
        name={place.name}
        detail={[word(t, 'kind', place.kind), kindDetail(t, place), nameIn(language, area)].filter(Boolean)}
        onClose={() => ops.set({ selected: null })}
      />
      <dl className="facts">
        {facts[place.kind]?.()}
        <Fact name={t('card.position')}>{coordinates(place.lon, place.lat)} WGS-84</Fact>
      </dl>
      <PointActions point={{ lon: place.lon, lat: place.lat, name: place.name }} mapRef={mapRef} />
    </section>
  )
}

function kindDetail(t: Translate, place: Entity): string {
  switch (place.kind) {
    case 'station':
      return word(t, 'tier', place.tier)
    case 'facility':
      return [word(t, 'facility', place.facility_type), word(t, 'level', place.level)].filter(Boolean).join(' · ')
    case 'stockpile':
      return word(t, 'reserve', place.reserve_kind)
    default:
      return ''
  }
}

function based(picture: Picture, id: string): Unit[] {
  return UNIT_KINDS.flatMap((kind) => [...picture.all<Unit>(kind)]).filter((unit) => unit.home_id === id && !unit.retired)
}

function UnitsHere({ units }: { units: readonly Unit[] }) {
  const t = useT()
  const { ops } = useDesk()
  if (units.length === 0) return null
  return (
    <Fact name={t('card.units_here')}>
      <ul className="rows">
        {units.map((unit) => (
          <li key={unit.id}>
            <button type="button" onClick={() => ops.set({ selected: unit.id })}>
              <i className={`dot group-${groupOf(unit.status)}`} />
              {unit.name}
              <span>{t(`unit.${unit.status}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Fact>
  )
}

function StationFacts({ station, picture }: { station: Station; picture: Picture }) {
  const t = useT()
  return (
    <>
      {station.service_radius_m !== undefined && <Fact name={t('card.radius')}>{distance(station.service_radius_m)}</Fact>}
      <UnitsHere units={based(picture, station.id)} />
    </>
  )
}

function FacilityFacts({ facility, picture, onOpen }: { facility: Facility; picture: Picture; onOpen(id: string): void }) {
  const t = useT()
  const pools = [...picture.all<BedPool>('bed_pool')].filter((pool) => pool.facility_id === facility.id && !pool.retired)
  return (
    <>
      {facility.ownership && <Fact name={t('card.type')}>{word(t, 'ownership', facility.ownership)}</Fact>}
      <Chips name={t('card.roles')} words={(facility.roles ?? []).map((role) => word(t, 'duty', role))} />
      {facility.authorised_beds ? <Fact name={t('card.authorised')}>{count(facility.authorised_beds)}</Fact> : null}
      {pools.length > 0 && (
        <Fact name={t('card.beds')}>
          <ul className="rows">
            {pools.map((pool) => (
              <li key={pool.id}>
                <button type="button" onClick={() => onOpen(pool.id)}>
                  {pool.ward ?? pool.name}
                  <span className={freeBeds(pool) === 0 ? 'alarm' : ''}>{t('card.free_of', { n: freeBeds(pool), m: pool.staffed })}</span>
                </button>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <UnitsHere units={based(picture, facility.id)} />
    </>
  )
}

function BedFacts({ pool, now }: { pool: BedPool; now: number }) {
  const t = useT()
  const who = useWho()
  const free = freeBeds(pool)
  return (
    <>
      <div className="bed-count">
        <b className={free === 0 ? 'alarm' : ''}>{t('card.free_of', { n: free, m: pool.staffed })}</b>
        <span>
          {t('card.taken_held', { n: pool.occupied, m: pool.held })} · {t('card.physical', { n: pool.physical })}
        </span>
      </div>
      {pool.ward && <Fact name={t('card.ward')}>{pool.ward}</Fact>}
      <Chips name={t('card.properties')} words={(pool.properties ?? []).map((p) => word(t, 'bed', p))} />
      <Fact name={t('card.reported')}>
        <span className={!pool.reported_at ? 'dim' : bedsStale(pool, now) ? 'alarm' : ''}>{pool.reported_at ? age(t, Date.parse(pool.reported_at), now) : t('card.never')}</span> {who(pool.reported_by)}
      </Fact>
    </>
  )
}

function StockFacts({ stock, picture, now }: { stock: Stockpile; picture: Picture; now: number }) {
  const { t, language } = useI18n()
  const nameOf = (id: string) => nameIn(language, picture.get(id) as Item | undefined, id)
  return (
    <>
      {stock.callable_hours ? <Fact name={t('card.reserve')}>{t('card.callable', { n: stock.callable_hours })}</Fact> : null}
      <Fact name={t('card.counted')}>{stock.counted_at ? age(t, Date.parse(stock.counted_at), now) : t('card.never_counted')}</Fact>
      <Fact name={t('card.lots')}>
        <ul className="rows lots">
          {(stock.lots ?? []).map((lot) => (
            <li key={lot.id}>
              <b>{nameOf(lot.item_id)}</b>
              <span>{lot.per_day ? t('card.per_day', { n: count(lot.quantity), unit: lot.unit }) : `${count(lot.quantity)} ${lot.unit}`}</span>
              <small className={isExpired(lot.expiry, now) ? 'alarm' : ''}>
                {lot.expiry ? (isExpired(lot.expiry, now) ? t('card.expired') : t('card.expiry', { d: lot.expiry })) : ''}
              </small>
            </li>
          ))}
        </ul>
      </Fact>
    </>
  )
}

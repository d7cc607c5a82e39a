/** Everything known about one unit, and the change of its status. */
import { useState } from 'react'
import { useDesk } from '../app/desk'
import { maySetUnitStatus } from '../actions/setUnitStatus'
import type { Jurisdiction, Unit } from '../api/types'
import { isNegative, isStale } from '../domain/units'
import type { Fix } from '../feed/picture'
import { useI18n, useT } from '../i18n/context'
import { age, clockTime, duration, plate, timer, when } from '../i18n/format'
import { nameIn } from '../i18n/names'
import { word, type Translate } from '../i18n/translate'
import { LOOKS } from '../map/symbols/units'
import { useFeed, useSecond } from '../ui/hooks'
import { CardHead, Chips, Fact, PointActions } from './cardParts'
import { EntityIcon } from './EntityIcon'
import type { MapRef } from './mapRef'
import { StatusForm } from './StatusForm'

export function UnitCard({ unit, mapRef }: { unit: Unit; mapRef: MapRef }) {
  const { t, language } = useI18n()
  const { feed, session, ops } = useDesk()
  const [changing, setChanging] = useState(false)
  useSecond()
  useFeed(feed, 'fixes', 1000)
  const now = feed.clock.now()
  const fix = feed.picture.fixes.get(unit.id)
  const stale = isStale(unit, fix, now)
  const home = unit.home_id ? feed.picture.get(unit.home_id) : undefined
  const area = [...feed.picture.all<Jurisdiction>('jurisdiction')].find((j) => j.code === unit.jurisdiction)
  const allowed = maySetUnitStatus(session.user, unit.id)
  const at = { lon: fix?.lon ?? unit.lon, lat: fix?.lat ?? unit.lat, name: unit.name }
  return (
    <section className="card" aria-label={unit.name}>
      <CardHead
        icon={<EntityIcon entity={unit} size={46} stale={stale} now={now} />}
        name={unit.name}
        tag={isNegative(unit) ? t('class_short.C') : undefined}
        detail={[unit.plate ? plate(unit.plate) : '', subtitle(t, unit), home?.name ?? ''].filter(Boolean)}
        onClose={() => ops.set({ selected: null })}
      />
      <StateBox unit={unit} now={now} />
      <dl className="facts">
        {unit.status_reason && <Fact name={t('card.reason')}>{unit.status_reason}</Fact>}
        <Fact name={t('card.fix')}>
          <FixLine fix={fix} stale={stale} now={now} />
        </Fact>
        {area && <Fact name={t('card.jurisdiction')}>{nameIn(language, area)}</Fact>}
        {unit.kind === 'team' && unit.members !== undefined && (
          <Fact name={t('card.members')}>
            {unit.required_members ? t('card.members_of', { n: unit.members, m: unit.required_members }) : t('card.members_n', { n: unit.members })}
          </Fact>
        )}
        <Chips name={t('card.capabilities')} words={(unit.capabilities ?? []).map((c) => word(t, 'cap', c))} />
        {unit.kind === 'team' && <Chips name={t('card.specialities')} words={(unit.specialities ?? []).map((s) => word(t, 'spec', s))} />}
        <Chips name={t('card.equipment')} words={(unit.equipment ?? []).map((e) => word(t, 'equip', e))} quiet />
      </dl>
      {changing ? (
        <StatusForm unit={unit} onDone={() => setChanging(false)} />
      ) : (
        <PointActions point={at} mapRef={mapRef}>
          <button
            type="button"
            className="action strong"
            disabled={!allowed}
            title={allowed ? undefined : t('status.no_right', { role: t('status.need_role') })}
            onClick={() => setChanging(true)}
          >
            {t('card.change_status')}
          </button>
        </PointActions>
      )}
    </section>
  )
}

function subtitle(t: Translate, unit: Unit): string {
  switch (unit.kind) {
    case 'ambulance':
      return word(t, 'class', unit.class)
    case 'team':
      return [word(t, 'tier', unit.tier), word(t, 'category', unit.category)].filter(Boolean).join(' ')
    case 'special_vehicle':
      return word(t, 'vehicle', unit.vehicle_type)
  }
}

function StateBox({ unit, now }: { unit: Unit; now: number }) {
  const t = useT()
  const since = unit.status_since ? Date.parse(unit.status_since) : null
  const { family } = LOOKS[unit.status]
  return (
    <div className={`state-box family-${family}`}>
      <div>
        <b className="state">
          <i className="dot" />
          {t(`unit.${unit.status}`)}
        </b>
        {since !== null && <span>{t('unit.since', { t: when(t, since, now) })}</span>}
      </div>
      {since !== null && (
        <div className="elapsed">
          <b aria-hidden="true">{now - since < 86_400_000 ? timer(now - since) : duration(t, now - since)}</b>
          <span>{t('unit.in_state')}</span>
        </div>
      )}
    </div>
  )
}

function FixLine({ fix, stale, now }: { fix: Fix | undefined; stale: boolean; now: number }) {
  const t = useT()
  if (!fix) return <>{t('fix.none')}</>
  const speed = fix.speed !== null && fix.speed >= 1 ? t('fix.speed', { n: Math.round(fix.speed * 3.6) }) : null
  if (stale) return <span className="alarm">{t('fix.stale', { age: duration(t, now - fix.at) })}</span>
  return (
    <>
      <b>{age(t, fix.at, now)}</b> <span className="dim">{[clockTime(fix.at), speed].filter(Boolean).join(' · ')}</span>
    </>
  )
}

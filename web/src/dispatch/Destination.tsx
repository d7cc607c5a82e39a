/** 送往: any hospital by name, nearest first; those with beds stand in the list of `b`. */
import { Select } from 'antd'
import { useMemo } from 'react'
import type { Assignment, Incident } from '../api/cases'
import type { Facility } from '../api/types'
import { roughDistance } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { distance } from '../i18n/format'
import { Icon } from '../ui/icons'
import { useCaseActions } from './useCaseActions'
import { useDispatch } from './useDispatch'

const HOSPITALS = new Set(['hospital', 'township_hospital'])
const NEAREST = 60

export function Destination({ assignment, incident }: { assignment: Assignment; incident: Incident | null }) {
  const t = useT()
  const { feed, barred } = useDispatch()
  const actions = useCaseActions()
  const lon = incident?.lon
  const lat = incident?.lat
  const options = useMemo(() => hospitals(feed.picture, lon, lat), [feed, lon, lat])
  const choose = (id: string) => {
    const facility = feed.picture.get(id)
    if (facility?.kind === 'facility') void actions.destination(assignment, facility)
  }
  return (
    <Select
      size="small"
      showSearch
      className="destination"
      popupMatchSelectWidth={false}
      optionFilterProp="label"
      suffixIcon={<Icon name="down" size={12} />}
      disabled={barred !== null}
      aria-label={t('row.destination')}
      placeholder={t('row.destination')}
      value={assignment.destination_id}
      onChange={choose}
      options={options}
    />
  )
}

function hospitals(picture: Picture, lon: number | undefined, lat: number | undefined): { value: string; label: string }[] {
  const rows: { value: string; label: string; far: number }[] = []
  for (const facility of picture.all<Facility>('facility')) {
    if (facility.retired || !HOSPITALS.has(facility.facility_type ?? 'hospital')) continue
    const far = lon === undefined || lat === undefined ? 0 : roughDistance(lon, lat, facility.lon, facility.lat)
    rows.push({ value: facility.id, label: far > 0 ? `${facility.name} · ${distance(far)}` : facility.name, far })
  }
  return rows.sort((a, b) => a.far - b.far).slice(0, NEAREST)
}

/** 标注 in the making: its shape from the map, its words here; saved, every desk of the centre has it at once. */
import { Select } from 'antd'
import { useState } from 'react'
import { drawMark } from '../../actions/marks'
import { useDesk } from '../../app/desk'
import { openIncidents } from '../../domain/search'
import { shortNumber } from '../../domain/cases'
import { mayDraw } from '../../domain/marks'
import { crosses, enough, finished, geometryOf, measuresOf, type Sketch } from '../../domain/sketch'
import { endOf, type Validity } from '../../domain/validity'
import { useT } from '../../i18n/context'
import { areaText, coordinates, measured } from '../../i18n/format'
import { reasonOf } from '../../i18n/problem'
import type { Translate } from '../../i18n/translate'
import { useSecond } from '../../ui/hooks'
import { useClearing } from '../../ui/clearing'
import { Icon } from '../../ui/icons'
import { useStore } from '../../ui/store'
import { CoordinateField } from '../CoordinateField'
import type { MapRef } from '../mapRef'
import { sketchAt, takeMarkType, takeShape, takeTool } from '../opsState'
import { MarkFields } from './MarkFields'

const SHAPES = ['Point', 'LineString', 'Polygon'] as const

export function DrawPanel({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const clearing = useClearing()
  const { ops, feed, world, session, frozen } = useDesk()
  const { sketch, markType } = useStore(ops)
  useSecond()
  const now = feed.clock.now()
  const [words, setWords] = useState<{ title: string; text: string; validity: Validity }>({ title: '', text: '', validity: { hours: 4 } })
  const [incident, setIncident] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  if (!sketch) return null
  const allowed = mayDraw(session.user)
  const offline = frozen || feed.status.phase === 'offline'
  const geometry = geometryOf(sketch)
  const end = endOf(words.validity, now)
  const ready = allowed && !offline && geometry !== null && !crosses(sketch) && end !== undefined && !busy
  const save = async () => {
    if (!ready || !geometry) return
    setBusy(true)
    setFailure('')
    ops.set({ sketch: finished(sketch) })
    try {
      const { title, text } = words
      const id = await drawMark(world.id, { mark_type: markType, title: title.trim(), text: text.trim(), geometry, ...(incident ? { incident_id: incident } : {}), ...(end ? { valid_until: end } : {}) })
      takeTool(ops, 'select')
      ops.set({ selected: id })
    } catch (error) {
      setFailure(t('draw.failed', { reason: reasonOf(t, error) }))
      setBusy(false)
    }
  }
  return (
    <section className="draw" aria-label={t('draw.title')}>
      <header className="section-head">
        <Icon name="pentagon" />
        <h2>{t('draw.title')}</h2>
        <button type="button" className="close" aria-label={t('draw.discard')} onClick={() => takeTool(ops, 'select')}>
          <Icon name="close" size={14} />
        </button>
      </header>
      {!allowed && <p className="alarm pad">{t('status.no_right', { role: t('draw.need_role') })}</p>}
      <div className="draw-body">
        <div className="segments" role="group" aria-label={t('draw.shape')}>
          {SHAPES.map((shape) => (
            <button key={shape} type="button" aria-pressed={sketch.shape === shape} onClick={() => takeShape(ops, shape)}>
              {t(`shape.${shape}`)}
            </button>
          ))}
        </div>
        <p className={crosses(sketch) ? 'alarm' : 'dim'} role="status">
          {standing(t, sketch)}
        </p>
        <CoordinateField
          onTake={(lon, lat) => {
            sketchAt(ops, lon, lat)
            mapRef.current?.reveal(lon, lat)
          }}
        />
        <MarkFields
          value={{ ...words, type: markType }}
          now={now}
          onChange={({ type, ...rest }) => {
            if (type !== markType) takeMarkType(ops, type)
            setWords(rest)
          }}
          onSubmit={() => void save()}
        />
        <Select
          suffixIcon={<Icon name="down" size={12} />}
          aria-label={t('draw.incident')}
          allowClear={clearing}
          placeholder={t('draw.no_incident')}
          value={incident}
          onChange={(id: string | undefined) => setIncident(id ?? null)}
          options={openIncidents(feed.picture).flatMap(({ id, name }) => (id ? [{ value: id, label: t('why.incident', { no: shortNumber(name) }) }] : []))}
        />
        {failure && (
          <p className="alarm" role="alert">
            {failure}
          </p>
        )}
        <div className="actions">
          <button type="button" className="action primary" disabled={!ready} title={offline ? t('status.offline') : undefined} onClick={() => void save()}>
            {busy ? t('draw.saving') : t('draw.save')}
          </button>
          <button type="button" className="action" onClick={() => takeTool(ops, 'select')}>
            {t('draw.discard')}
          </button>
        </div>
      </div>
    </section>
  )
}

/** What the shape is by now, or what it still wants. */
function standing(t: Translate, sketch: Sketch): string {
  const { shape, vertices } = sketch
  const [first] = vertices
  if (!first) return t(`draw.hint_${shape}`)
  if (crosses(sketch)) return t('draw.crosses')
  if (shape === 'Point') return `${coordinates(...first)} WGS-84`
  if (!enough(sketch)) return t('draw.too_few', { n: (shape === 'Polygon' ? 3 : 2) - vertices.length })
  const { length, area } = measuresOf(sketch, null)
  const size = area === null ? measured(length) : `${areaText(area)} · ${measured(length)}`
  return `${t('draw.vertices', { n: vertices.length })} · ${size}`
}

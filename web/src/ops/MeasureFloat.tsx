/** 量测: distance along a line or size of an area, by clicks or typed coordinates. */
import { useDesk } from '../app/desk'
import { emptySketch, enough, measuresOf, stepBackIn } from '../domain/sketch'
import { useT } from '../i18n/context'
import { areaText, measured } from '../i18n/format'
import { Icon } from '../ui/icons'
import { useStore } from '../ui/store'
import { CoordinateField } from './CoordinateField'
import type { MapRef } from './mapRef'
import { finishSketch, sketchAt, takeShape, takeTool } from './opsState'

const SHAPES = ['LineString', 'Polygon'] as const

export function MeasureFloat({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { ops } = useDesk()
  const { sketch } = useStore(ops)
  if (!sketch) return null
  const { legs, length, area } = measuresOf(sketch, null)
  return (
    <section className="float measure" aria-label={t('measure.title')}>
      <header>
        <h2>{t('measure.title')}</h2>
        <div className="segments" role="group">
          {SHAPES.map((shape) => (
            <button key={shape} type="button" aria-pressed={sketch.shape === shape} onClick={() => takeShape(ops, shape)}>
              {t(shape === 'LineString' ? 'measure.line' : 'measure.area')}
            </button>
          ))}
        </div>
        <button type="button" className="close" aria-label={t('card.close')} onClick={() => takeTool(ops, 'select')}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <dl className="figures" aria-live="polite">
        {area !== null && (
          <div>
            <dt>{t('measure.size')}</dt>
            <dd>{areaText(area)}</dd>
          </div>
        )}
        <div>
          <dt>{t(area === null ? 'measure.total' : 'measure.perimeter')}</dt>
          <dd>{measured(length)}</dd>
        </div>
      </dl>
      {legs.length > 1 && area === null && (
        <ol className="legs">
          {legs.map((leg, i) => (
            <li key={i}>
              <span>{t('measure.leg', { n: i + 1 })}</span>
              <b>{measured(leg)}</b>
            </li>
          ))}
        </ol>
      )}
      <CoordinateField
        onTake={(lon, lat) => {
          sketchAt(ops, lon, lat)
          mapRef.current?.reveal(lon, lat)
        }}
      />
      <div className="sketch-actions">
        {sketch.done ? (
          <button type="button" className="action small" onClick={() => ops.set({ sketch: emptySketch(sketch.shape) })}>
            {t('measure.again')}
          </button>
        ) : (
          <>
            <button type="button" className="action small" disabled={sketch.vertices.length === 0} onClick={() => ops.set({ sketch: stepBackIn(sketch) ?? sketch })}>
              {t('measure.back')} <kbd>Esc</kbd>
            </button>
            <button type="button" className="action small" disabled={!enough(sketch)} onClick={() => finishSketch(ops)}>
              {t('measure.finish')} <kbd>Enter</kbd>
            </button>
          </>
        )}
      </div>
      <p className="dim">{sketch.done ? t('measure.basis') : t('measure.hint')}</p>
    </section>
  )
}

/** Which incident: those that come into question, by one key each. */
import { useState } from 'react'
import type { Target } from '../domain/targets'
import { shortNumber } from '../domain/cases'
import { useI18n } from '../i18n/context'
import { distance } from '../i18n/format'
import { word } from '../i18n/translate'
import { PriorityMark } from './Mark'
import { areaName } from './place'
import { useDispatch } from './useDispatch'

interface Props {
  title: string
  targets: readonly Target[]
  onTarget(id: string): void
}

export function TargetLine({ title, targets: found, onTarget }: Props) {
  // What a key means must not change under the hand.
  const [targets] = useState(found)
  const { t, language } = useI18n()
  const { feed, barred } = useDispatch()
  return (
    <div
      className="reason-line targets"
      role="group"
      aria-label={title}
      onKeyDown={(event) => {
        const target = targets[Number(event.key) - 1]
        if (!target || barred || event.repeat) return
        event.preventDefault()
        event.stopPropagation()
        onTarget(target.incident.id)
      }}
    >
      <b>{title}</b>
      {targets.map(({ incident, distance: far }, i) => (
        <button key={incident.id} type="button" className="action small" disabled={barred !== null} autoFocus={i === 0} onClick={() => onTarget(incident.id)}>
          <kbd>{i + 1}</kbd>
          <PriorityMark priority={incident.priority} />
          <span className="cut">
            {shortNumber(incident.number)} {word(t, 'incident', incident.incident_type)} · {areaName(feed.picture, incident.jurisdiction, language)} · {distance(far)}
          </span>
        </button>
      ))}
    </div>
  )
}

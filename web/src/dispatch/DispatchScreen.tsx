/** 调度台: who, what, which, where, from left to right; the progress of what was sent across the foot. */
import { useCallback, useMemo, useRef } from 'react'
import { usualAcceptance } from '../actions/endCallTaking'
import { undoable } from '../actions/undoLast'
import type { Assignment } from '../api/cases'
import { useAlarms } from '../app/AlarmWatch'
import { assignmentsOf, needFill, openNeed } from '../domain/cases'
import { similarTo } from '../domain/duplicates'
import { ofDesk } from '../domain/progress'
import { queueOf } from '../domain/queue'
import { useI18n } from '../i18n/context'
import type { MapView } from '../map/mapView'
import { fitCentre } from '../ops/fitCentre'
import { useFeed, useSecond } from '../ui/hooks'
import { useStore } from '../ui/store'
import { actOn } from './deskIntents'
import { DeskEdge } from './DeskEdge'
import { inHand } from './deskState'
import { Intake } from './Intake'
import type { Intent } from './keymap'
import { areaName } from './place'
import { Progress } from './Progress'
import { Queue } from './Queue'
import { RecommendPanel } from './RecommendPanel'
import { useAssign } from './useAssign'
import { useDeskKeys } from './useDeskKeys'
import { useDispatch } from './useDispatch'
import { useIntake } from './useIntake'
import { useIntakeActions } from './useIntakeActions'
import { useRecommendations } from './useRecommendations'
import { useReserve } from './useReserve'
import './desk.css'
import './intake.css'
import './recommend.css'
import './actions.css'
import './narrow.css'

export function DispatchScreen() {
  const { t, language } = useI18n()
  const { feed, dispatch, session, me, barred } = useDispatch()
  const { focus, armed, notice, needId, step, drawer } = useStore(dispatch)
  const version = useFeed(feed, 'entities', 100)
  useSecond()
  const now = feed.clock.now()
  const { alarms } = useAlarms()
  const mapRef = useRef<MapView | null>(null)

  const hand = useMemo(() => {
    void version
    return inHand(feed.picture, focus)
  }, [feed, focus, version])
  const incident = hand?.incident ?? null
  const form = useIntake(hand)
  const queue = queueOf(feed.picture, now)
  const assignments = incident ? assignmentsOf(feed.picture, incident) : []
  const fills = incident ? needFill(incident, assignments) : []
  const need = fills.find((fill) => fill.need.id === needId)?.need ?? openNeed(fills)
  const mayAsk = barred !== 'desk.no_right' && incident !== null && incident.status !== 'closed'
  const asked = useRecommendations(mayAsk ? incident.id : null, need?.id ?? null)
  const candidates = asked.value?.candidates ?? NO_CANDIDATES
  const assign = useAssign(incident, asked.value, form)
  const place = form.draft?.place ?? (incident ? { lon: incident.lon, lat: incident.lat } : null)
  const told = incident ? Date.parse(incident.opened_at) : now
  const similar = hand && place && incident?.status !== 'closed' && assignments.length === 0 ? similarTo(feed.picture, place, told, incident?.id ?? null) : []
  const rows = ofDesk(feed.picture, me, now)
  const last = undoable(feed.picture.all<Assignment>('assignment'), step, me, now)
  const others = assignments.filter((a) => a.assigned_by !== me).length
  const usual = usualAcceptance(incident, assignments, others, asked.value?.candidates.length === 0)
  const reserve = useReserve(armed, incident)
  const actions = useIntakeActions(hand, form, assignments)
  const placeAt = useCallback(
    (lon: number, lat: number) => {
      form.update({ place: { lon, lat, source: 'map' } })
      dispatch.set({ picking: false })
    },
    [form, dispatch],
  )
  const act = (intent: Intent) =>
    actOn(intent, {
      dispatch,
      me,
      barred: barred !== null,
      queue,
      hand,
      locked: Boolean(form.locked),
      assignments,
      rows,
      similar,
      candidates,
      alarms,
      usual,
      reserve,
      actions: { ...actions, undo: () => actions.undoLast(last), arm: assign.armCandidate, zoom: (by) => (by === 0 ? fitCentre(mapRef.current, feed.picture, session.user.jurisdiction, true) : mapRef.current?.zoomBy(by)) },
    })
  useDeskKeys(act)

  const spoken = incident ? placeName() : ''
  function placeName(): string {
    const address = form.draft?.personalKnown ? form.draft.address.trim() : ''
    return address || `${areaName(feed.picture, incident?.jurisdiction, language)} ${incident?.number ?? ''}`
  }
  return (
    <main className={`desk ${drawer ? 'drawer-open' : ''}`}>
      <Queue queue={queue} now={now} answer={actions.answer} create={actions.create} />
      <Intake
        hand={hand}
        form={form}
        fills={fills}
        assignments={assignments}
        similar={similar}
        usual={usual}
        now={now}
        actions={{ ...actions, end: (type) => actions.end(type ?? usual), attend: () => incident && actions.attend(incident.id) }}
      />
      <RecommendPanel
        incident={mayAsk ? incident : null}
        hint={barred === 'desk.no_right' ? barred : 'rec.empty'}
        asked={asked}
        armed={armed}
        notice={notice}
        place={spoken}
        busy={assign.busy}
        reserve={reserve}
        filled={need === null}
        onArm={assign.armCandidate}
        onSend={() => void assign.fire()}
      />
      <button type="button" className="drawer-handle" aria-expanded={drawer} onClick={() => dispatch.set({ drawer: !drawer })}>
        <span>{t('rec.short')}</span> <kbd>F4</kbd>
      </button>
      <DeskEdge mapRef={mapRef} incident={incident} candidates={candidates} placeAt={placeAt} now={now} />
      <Progress rows={rows} now={now} undo={last} onUndo={() => actions.undoLast(last)} />
    </main>
  )
}

const NO_CANDIDATES: never[] = []

/** The crew's phone: opens what is stored, then shows the order or the unit's rest. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { wantedWorld } from '../actions/switchWorld'
import type { Session, User } from '../api/types'
import { useI18n } from '../i18n/context'
import { openDesk, type CrewDesk } from './desk/crewDesk'
import { useWorldOf } from './desk/world'
import { scene } from './derive'
import { registerWorker } from './pwa/register'
import { CrewContext, type Crew } from './screen/context'
import { DrillStrip } from './screen/DrillStrip'
import { useLightPage, useOrderAlert, useWakeLock } from './screen/effects'
import { Header } from './screen/Header'
import { IdleCard, IdleFooter } from './screen/Idle'
import { OrderCard } from './screen/OrderCard'
import { OrderFooter } from './screen/OrderFooter'
import { OutboxList } from './screen/OutboxList'
import type { SheetName } from './screen/sheetName'
import { NewOrder } from './screen/NewOrder'
import { StepRail } from './screen/StepRail'
import { Strips } from './screen/Strips'
import { Sheets } from './sheets/Sheets'
import './crew.css'
import './sheets.css'

interface Props {
  session: Session
  signedOut(): void
}

export default function CrewScreen({ session, signedOut }: Props) {
  const { t } = useI18n()
  const world = useMemo(() => wantedWorld(), [])
  const { desk, failed } = useDesk(session.user, world)
  const drill = useWorldOf(desk, world)
  const [unsaved, report] = useState(false)
  useLightPage()
  useEffect(() => registerWorker(), [])
  if (!desk)
    return (
      <main className="crew">
        <p className="crew-wait" role="status">
          {t(failed ? 'crew.no_storage' : 'feed.loading')}
        </p>
      </main>
    )
  const crew: Crew = { desk, session, drill, report, leave: signedOut, logIn: signedOut }
  return (
    <CrewContext value={crew}>
      <main className="crew">
        {drill !== null && <DrillStrip name={drill} />}
        <Body desk={desk} unsaved={unsaved} />
      </main>
    </CrewContext>
  )
}

function Body({ desk, unsaved }: { desk: CrewDesk; unsaved: boolean }) {
  const { t } = useI18n()
  const [sheet, setSheet] = useState<SheetName | null>(null)
  const state = useSyncExternalStore(desk.line.on, desk.line.state)
  const box = useSyncExternalStore(desk.outbox.on, desk.outbox.state)
  const open = useCallback((name: SheetName | null) => setSheet(name), [])
  const { view, taken } = state
  const now = view ? scene(view, box.items) : null
  useWakeLock(now?.assignment !== null && now !== null)
  useOrderAlert(now?.assignment ?? null, now?.standing?.status !== 'assigned')
  useTitle(now?.standing?.status === 'assigned')

  if (!view || !now)
    return (
      <>
        <Strips />
        <p className="crew-wait" role="status">
          {t('crew.first')}
        </p>
        <OutboxList />
      </>
    )
  const { assignment, standing } = now
  // What was not taken comes first: somebody has to do something about it.
  const refused = box.items.some((item) => item.state === 'refused')
  return (
    <>
      <Header view={view} onMenu={() => open('menu')} onPosition={() => open('position')} />
      <Strips />
      {unsaved && (
        <p className="crew-strip is-bad" role="alert">
          <b>{t('crew.unsaved')}</b>
        </p>
      )}
      <div className="crew-content">
        {taken && (
          <button type="button" className="crew-card crew-taken" onClick={desk.line.seen}>
            <b>{t('crew.taken', { no: taken.number })}</b>
            <span>{t('crew.understood')}</span>
          </button>
        )}
        {refused && <OutboxList />}
        {assignment && standing ? (
          <>
            {standing.status === 'assigned' && <NewOrder at={standing.at.assigned ?? 0} />}
            <OrderCard view={view} standing={standing} onDestination={() => open('destination')} />
            <StepRail standing={standing} />
          </>
        ) : (
          <IdleCard view={view} open={open} />
        )}
        {!refused && <OutboxList />}
      </div>
      {assignment && standing ? <OrderFooter view={view} assignment={assignment} standing={standing} open={open} /> : <IdleFooter view={view} open={open} />}
      <Sheets name={sheet} view={view} open={open} />
    </>
  )
}

function useDesk(user: User, world: string): { desk: CrewDesk | null; failed: boolean } {
  const [desk, setDesk] = useState<CrewDesk | null>(null)
  const [failed, setFailed] = useState(false)
  const { username, unit_id: unit } = user
  useEffect(() => {
    let opened: CrewDesk | null = null
    let over = false
    openDesk({ username, unit_id: unit } as User, world).then(
      (next) => {
        opened = next
        if (over) next.close()
        else setDesk(next)
      },
      (error: unknown) => {
        console.error(error)
        setFailed(true)
      },
    )
    return () => {
      over = true
      opened?.close()
    }
  }, [username, unit, world])
  return { desk, failed }
}

function useTitle(order: boolean): void {
  const { t } = useI18n()
  useEffect(() => {
    document.title = order ? t('crew.title_order') : t('app.name')
  }, [order, t])
}

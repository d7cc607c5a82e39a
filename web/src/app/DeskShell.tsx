/** The signed-in shell: picks the world, opens its feed, draws what no section may leave out. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { logOut } from '../actions/logOut'
import { hasDemoFixes } from '../actions/hasDemoFixes'
import { switchWorld, wantedWorld } from '../actions/switchWorld'
import { getReadiness, getWorlds } from '../api/client'
import type { Session, World } from '../api/types'
import { browserPorts, feedUrl } from '../feed/browser'
import { dispatchStore, OwnVersions } from '../dispatch/deskState'
import { DispatchScreen } from '../dispatch/DispatchScreen'
import { PrintPage } from '../dispatch/PrintPage'
import { Drafts } from '../dispatch/drafts'
import { meOf } from '../dispatch/useDispatch'
import { FeedStore } from '../feed/store'
import { MapKeep } from '../map/keep'
import { useT } from '../i18n/context'
import { KpiScreen } from '../kpi/KpiScreen'
import { WallScreen } from '../wall/WallScreen'
import { DeskTheme } from './DeskTheme'
import { Shell } from './Shell'
import { OpsScreen } from '../ops/OpsScreen'
import { opsStore } from '../ops/opsState'
import { useBase } from './base'
import { DeskContext, type Desk } from './desk'
import { Kept } from './Kept'
import { peopleStore } from './people'
import { useRoute, useSectionKeys } from './sections'
import { Sounds } from '../ui/sounds'
import './shell.css'

/** The same element every time: a shell that draws again leaves them alone. */
const OPS = <OpsScreen />
const DISPATCH = <DispatchScreen />
// Desks that not everybody opens come when they are opened.
const BedsScreen = lazy(() => import('../beds/BedsScreen').then((module) => ({ default: module.BedsScreen })))
const StockScreen = lazy(() => import('../stock/StockScreen').then((module) => ({ default: module.StockScreen })))
const RegistryScreen = lazy(() => import('../registry/RegistryScreen').then((module) => ({ default: module.RegistryScreen })))

const WORLDS_EVERY_MS = 5_000
const SERVER_EVERY_MS = 15_000

interface Props {
  session: Session
  signedOut(): void
}

export function DeskShell({ session, signedOut }: Props) {
  const t = useT()
  const { worlds, refreshWorlds, failed } = useWorlds()
  const base = useBase(worlds !== null)
  const id = useMemo(() => wantedWorld(), [])
  // A drill that is gone must not turn into the live world under somebody's hands.
  const world = worlds?.find((w) => w.id === id)
  const worldId = world?.id
  const { demoFeed, frozen } = useServer(session, worldId)
  const feed = useMemo(() => (worldId ? new FeedStore(worldId, feedUrl(worldId), browserPorts) : null), [worldId])
  const ops = useMemo(() => opsStore(), [])
  const route = useRoute()
  useSectionKeys()
  const inHand = useInHand(session, worldId, world?.kind === 'drill', feed)

  useEffect(() => {
    feed?.start()
    return () => feed?.stop()
  }, [feed])
  useEffect(() => {
    if (!world || !feed) return
    feed.clock.set(world.kind === 'drill' ? world.clock : null, Date.now())
    feed.expect(world.seq)
  }, [world, feed])

  if (!world || !feed || !worlds || !inHand || base === undefined)
    return (
      <div className="shell-wait">
        <p>{worlds && !world ? t('world.none') : failed ? t('login.unreachable') : t('feed.connecting')}</p>
        {worlds && !world && id !== 'live' && (
          <button type="button" className="action" onClick={() => switchWorld('live')}>
            {t('drill.back')}
          </button>
        )}
        {worlds && !world && (
          <button type="button" className="action" onClick={() => void logOut()}>
            {t('user.logout')}
          </button>
        )}
      </div>
    )
  const desk: Desk = { session, world, worlds, feed, ops, ...inHand, base, demoFeed, frozen, refreshWorlds, signedOut }
  return (
    <DeskContext value={desk}>
      <DeskTheme desk={route}>
        <Shell route={route}>
          <Kept shown={route === 'map'}>{OPS}</Kept>
          <Kept shown={route === 'dispatch'}>{DISPATCH}</Kept>
          {route === 'kpi' && <KpiScreen />}
          <Suspense>
            {route === 'beds' && <BedsScreen />}
            {route === 'stock' && <StockScreen />}
            {route === 'registry' && <RegistryScreen />}
          </Suspense>
          {route === 'print' && <PrintPage />}
          {route === 'wall' && <WallScreen />}
        </Shell>
      </DeskTheme>
    </DeskContext>
  )
}

/** State of the desk that sections share, one set for each world and account. */
function useInHand(session: Session, world: string | undefined, drill: boolean, feed: FeedStore | null) {
  const { username } = session.user
  const state = useMemo(
    () =>
      world === undefined
        ? null
        : { dispatch: dispatchStore(), drafts: new Drafts(world, username, localStorage), own: new OwnVersions(), sounds: new Sounds(drill), people: peopleStore(), maps: new MapKeep() },
    [world, username, drill],
  )
  useEffect(() => {
    if (!state || !feed) return
    // What this account changed may reach the picture before the reply does.
    const offEvents = feed.on('events', () => {
      const [event] = feed.events
      if (event?.message.actor === meOf(username)) state.own.note(event.applied.flatMap(({ after }) => (after ? [{ kind: after.kind, id: after.id, entity: after }] : [])))
    })
    state.sounds.enable()
    const allow = () => state.sounds.enable()
    window.addEventListener('pointerdown', allow)
    window.addEventListener('keydown', allow)
    return () => {
      offEvents()
      window.removeEventListener('pointerdown', allow)
      window.removeEventListener('keydown', allow)
      state.sounds.close()
      state.maps.destroy()
    }
  }, [state, feed, username])
  return state
}

function useWorlds() {
  const [worlds, setWorlds] = useState<World[] | null>(null)
  const [failed, setFailed] = useState(false)
  const refreshWorlds = useCallback(async () => {
    try {
      setWorlds(await getWorlds())
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }, [])
  const started = useRef(false)
  useEffect(() => {
    if (!started.current) {
      started.current = true
      void Promise.resolve().then(refreshWorlds)
    }
    const timer = window.setInterval(() => void refreshWorlds(), WORLDS_EVERY_MS)
    return () => window.clearInterval(timer)
  }, [refreshWorlds])
  return { worlds, refreshWorlds, failed }
}

/** Health and provenance of the data, asked now and then. */
function useServer(session: Session, world: string | undefined): { demoFeed: boolean; frozen: boolean } {
  const [state, setState] = useState({ demoFeed: session.demo_feed === true, frozen: false })
  useEffect(() => {
    if (!world) return
    const ask = async () => {
      const ready = await getReadiness()
      const demoFeed = ready?.demo_feed ?? (await hasDemoFixes(world).catch(() => session.demo_feed === true))
      setState({ demoFeed, frozen: ready?.dependencies?.postgres?.state === 'down' })
    }
    void ask()
    const timer = window.setInterval(() => void ask(), SERVER_EVERY_MS)
    return () => window.clearInterval(timer)
  }, [session, world])
  return state
}

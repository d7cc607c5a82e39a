/** 导调台: makes drills and drives their clock; takes the place of the event strip. */
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useDesk } from '../app/desk'
import { createDrill } from '../actions/createDrill'
import { finishDrill } from '../actions/finishDrill'
import { setDrillClock, SPEEDS } from '../actions/setDrillClock'
import { switchWorld } from '../actions/switchWorld'
import type { ClockAction } from '../api/client'
import { useT } from '../i18n/context'
import { fullTime } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { useSecond } from '../ui/hooks'
import { Icon } from '../ui/icons'
import './drill.css'

export function DirectorStrip() {
  const t = useT()
  const { world } = useDesk()
  return (
    <section className="director" aria-label={t('drill.panel')}>
      {world.kind === 'drill' ? <ClockControls /> : <NewDrill />}
      <Worlds />
    </section>
  )
}

function ClockControls() {
  const t = useT()
  const { world, feed, refreshWorlds } = useDesk()
  const [failure, setFailure] = useState('')
  const [sure, setSure] = useState(false)
  useSecond()
  const { running, speed, finished } = world.clock
  async function run(work: () => Promise<void>) {
    setFailure('')
    try {
      await work()
    } catch (error) {
      setFailure(t('drill.failed', { reason: reasonOf(t, error) }))
    }
    await refreshWorlds()
  }
  const act = (action: ClockAction) => void run(() => setDrillClock(world.id, action))
  return (
    <div className="director-clock">
      <header>
        <Icon name="clapper" />
        <h2>{t('drill.panel')}</h2>
        <span>{world.name}</span>
      </header>
      <div className="director-row">
        <b className="drill-time">{fullTime(t, feed.clock.now())}</b>
        <button type="button" className="action primary" disabled={finished} onClick={() => act({ action: running ? 'pause' : 'start' })}>
          <Icon name={running ? 'pause' : 'play'} size={16} /> {t(running ? 'drill.pause' : 'drill.start')}
        </button>
        <div className="segments" role="group" aria-label={t('drill.speed_label')}>
          {SPEEDS.map((n) => (
            <button key={n} type="button" aria-pressed={speed === n} disabled={finished} onClick={() => act({ action: 'speed', value: n })}>
              {t('drill.speed', { n })}
            </button>
          ))}
        </div>
        <button type="button" className="action" disabled={finished} onClick={() => act({ action: 'step', value: 60 })}>
          <Icon name="step" size={16} /> {t('drill.step')}
        </button>
        <button type="button" className="action" disabled={finished} onClick={() => (sure ? void run(() => finishDrill(world.id)) : setSure(true))} onBlur={() => setSure(false)}>
          {t(sure ? 'drill.finish_confirm' : 'drill.finish')}
        </button>
      </div>
      {failure && (
        <p className="alarm" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

function NewDrill() {
  const t = useT()
  const { feed } = useDesk()
  const [name, setName] = useState('')
  const [speed, setSpeed] = useState<number>(1)
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState(false)
  async function submit() {
    setBusy(true)
    setFailure('')
    try {
      switchWorld(await createDrill({ name: name.trim(), start: feed.clock.now(), speed }))
    } catch (error) {
      setFailure(t('drill.failed', { reason: reasonOf(t, error) }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="director-clock">
      <header>
        <Icon name="clapper" />
        <h2>{t('drill.create')}</h2>
      </header>
      <div className="director-row">
        <Input aria-label={t('drill.name')} placeholder={t('drill.name_hint')} maxLength={60} value={name} onChange={(e) => setName(e.target.value)} />
        <Select suffixIcon={<Icon name="down" size={12} />} aria-label={t('drill.speed_label')} value={speed} onChange={setSpeed} options={SPEEDS.map((n) => ({ value: n, label: t('drill.speed', { n }) }))} />
        <button type="button" className="action primary" disabled={busy || !name.trim()} onClick={() => void submit()}>
          {t('drill.create_submit')}
        </button>
      </div>
      {failure && (
        <p className="alarm" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

function Worlds() {
  const t = useT()
  const { worlds, world } = useDesk()
  const drills = worlds.filter((w) => w.kind === 'drill')
  return (
    <div className="director-worlds">
      <h3>{t('drill.worlds')}</h3>
      {drills.length === 0 && <p className="dim">{t('drill.none')}</p>}
      <ul>
        {drills.map((w) => (
          <li key={w.id}>
            <b>{w.name}</b>
            <span>{w.clock.running ? t('drill.speed', { n: w.clock.speed }) : t(w.clock.finished ? 'drill.finished' : 'drill.paused')}</span>
            {w.id === world.id ? (
              <em>{t('drill.current')}</em>
            ) : (
              <button type="button" className="action" onClick={() => switchWorld(w.id)}>
                {t('drill.enter')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {world.kind === 'drill' && (
        <button type="button" className="action" onClick={() => switchWorld('live')}>
          {t('drill.back')}
        </button>
      )}
    </div>
  )
}

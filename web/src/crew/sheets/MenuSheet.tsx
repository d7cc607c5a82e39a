/** What is not needed every minute: unit, shift, position, language, drills, log-out. */
import { useEffect, useState } from 'react'
import { switchWorld } from '../../actions/switchWorld'
import { getWorlds } from '../../api/client'
import type { World } from '../../api/types'
import { useI18n } from '../../i18n/context'
import { CrewIcon, type CrewIconName } from '../screen/CrewIcon'
import { useCrew, useScene } from '../screen/context'
import { CENTRE_TELEPHONE } from '../screen/links'
import type { SheetName } from '../screen/sheetName'
import type { CrewView } from '../types'
import { Sheet } from './Sheet'

interface Props {
  view: CrewView
  open(sheet: SheetName): void
  onClose(): void
}

export function MenuSheet({ view, open, onClose }: Props) {
  const { t, language, setLanguage } = useI18n()
  const { desk } = useCrew()
  const { assignment, status, onShift } = useScene(view)
  const worlds = useWorlds()
  const idle = !assignment
  const to = (sheet: SheetName) => () => open(sheet)
  return (
    <Sheet title={t('crew.menu')} onClose={onClose}>
      <ul className="crew-list">
        <li>
          <a href={CENTRE_TELEPHONE}>
            <CrewIcon name="phone" />
            <b>{t('crew.call_centre')}</b>
          </a>
        </li>
        <Row icon="warning" text={t('crew.breakdown')} onClick={to('breakdown')} />
        {idle && status === 'available' && <Row icon="pause" text={t('crew.suspend')} onClick={to('suspend')} />}
        {idle && !onShift && <Row icon="people" text={t('crew.shift_begin')} onClick={to('shift')} />}
        {idle && onShift && <Row icon="leave" text={t('crew.shift_end')} onClick={to('end_shift')} />}
        <Row icon="target" text={t('crew.position_title')} onClick={to('position')} />
        <Row icon="language" text={t(language === 'zh' ? 'lang.en' : 'lang.zh')} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')} />
        {worlds
          .filter((world) => world.id !== desk.world)
          .map((world) => (
            <Row key={world.id} icon="play" text={world.kind === 'live' ? t('drill.back') : t('crew.open_drill', { name: world.name })} onClick={() => switchWorld(world.id)} />
          ))}
        <Row icon="leave" text={t('user.logout')} onClick={to('leave')} />
      </ul>
    </Sheet>
  )
}

function Row({ icon, text, onClick }: { icon: CrewIconName; text: string; onClick(): void }) {
  return (
    <li>
      <button type="button" onClick={onClick}>
        <CrewIcon name={icon} />
        <b>{text}</b>
      </button>
    </li>
  )
}

/** Most worlds that are offered. */
const MOST = 10

function useWorlds(): readonly World[] {
  const [worlds, setWorlds] = useState<readonly World[]>([])
  useEffect(() => {
    getWorlds().then(
      (all) => setWorlds(all.filter((world) => !world.clock.finished).slice(0, MOST)),
      () => undefined,
    )
  }, [])
  return worlds
}

/** ?: the keys of this screen, the switch for single letters, the volume of this seat. */
import { useState } from 'react'
import { useT } from '../i18n/context'
import type { Key } from '../i18n/translate'
import { KeyList } from '../ui/KeyList'
import { useStore } from '../ui/store'
import { lettersOn, setLetters } from './keymap'
import { PanelFrame } from './PanelFrame'
import { useDispatch } from './useDispatch'

const KEYS: readonly [string, Key][] = [
  ['F2', 'keys.answer'],
  ['F3', 'keys.next'],
  ['J K', 'keys.move'],
  ['Alt 1–7', 'keys.field'],
  ['F4', 'keys.recommend'],
  ['1–9', 'keys.arm'],
  ['Shift 1–9', 'keys.add'],
  ['Enter', 'keys.send'],
  ['Esc', 'keys.back'],
  ['Ctrl Enter', 'keys.end'],
  ['H', 'keys.hold'],
  ['O', 'keys.link'],
  ['A', 'keys.silence'],
  ['U', 'keys.undo'],
  ['X', 'keys.left_out'],
  ['B', 'keys.beds'],
  ['R', 'keys.reserve'],
  ['E', 'keys.menu'],
  ['S M L', 'keys.menu_in'],
  ['T', 'keys.task'],
  ['D C F', 'keys.task_in'],
  ['+ − 0', 'keys.zoom'],
  ['F6', 'keys.region'],
  ['/', 'keys.search'],
  ['?', 'keys.keys'],
  ['G M D B S T E W', 'keys.sections'],
]

export function KeysPanel() {
  const t = useT()
  const { sounds } = useDispatch()
  const { volume } = useStore(sounds.state)
  const [letters, setOn] = useState(lettersOn)
  return (
    <PanelFrame title={t('keys.title')}>
      <KeyList keys={KEYS} />
      <label className="switch">
        <input
          type="checkbox"
          checked={letters}
          onChange={(event) => {
            setLetters(event.target.checked)
            setOn(event.target.checked)
          }}
        />
        {t('keys.letters')}
      </label>
      <h3>{t('sound.title')}</h3>
      <div className="volume">
        <input type="range" min={0} max={100} step={5} aria-label={t('sound.volume')} value={Math.round(volume * 100)} onChange={(event) => sounds.setVolume(Number(event.target.value) / 100)} />
        <b className="number">{Math.round(volume * 100)}</b>
        <button
          type="button"
          className="action small"
          onClick={() => {
            sounds.enable()
            sounds.play('ring_loud')
          }}
        >
          {t('sound.test')}
        </button>
      </div>
      <p className="dim">{t('sound.floor')}</p>
    </PanelFrame>
  )
}

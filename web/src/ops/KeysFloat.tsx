/** ?: the keys of the map. */
import { useT } from '../i18n/context'
import type { Key } from '../i18n/translate'
import { KeyList } from '../ui/KeyList'
import { Float } from './Float'

const KEYS: readonly (readonly [string, Key])[] = [
  ['/', 'keys.search'],
  ['V', 'tool.select'],
  ['N', 'tool.nearest'],
  ['R', 'tool.rings'],
  ['M', 'tool.measure'],
  ['P', 'tool.draw'],
  ['I', 'tool.list'],
  ['O', 'tool.sheet'],
  ['↑ ↓', 'keys.move'],
  ['Enter', 'keys.locate'],
  ['+ − 0', 'keys.zoom'],
  ['Esc', 'keys.back'],
  ['?', 'keys.keys'],
  ['G M D B S T E W', 'keys.sections'],
]

export function KeysFloat() {
  const t = useT()
  return (
    <Float name="keys-float" title={t('keys.title')}>
      <KeyList keys={KEYS} />
    </Float>
  )
}

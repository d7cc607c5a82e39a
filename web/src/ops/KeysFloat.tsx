/** ?: the keys of the map. */
import { useDesk } from '../app/desk'
import { useT } from '../i18n/context'
import type { Key } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { KeyList } from '../ui/KeyList'

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
  const { ops } = useDesk()
  return (
    <section className="float keys-float" role="dialog" aria-label={t('keys.title')}>
      <header>
        <h2>{t('keys.title')}</h2>
        <button type="button" className="close" aria-label={t('card.close')} onClick={() => ops.set({ float: null })}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <KeyList keys={KEYS} />
    </section>
  )
}

/** The upright tool bar over the map. */
import { useDesk } from '../app/desk'
import { useT } from '../i18n/context'
import type { Key } from '../i18n/translate'
import { Icon, type IconName } from '../ui/icons'
import { useStore } from '../ui/store'
import type { MapRef } from './mapRef'
import { takeTool, type Tool } from './opsState'

const TOOLS: { tool: Tool; icon: IconName; key: string; label: Key }[] = [
  { tool: 'select', icon: 'cursor', key: 'V', label: 'tool.select' },
  { tool: 'nearest', icon: 'target', key: 'N', label: 'tool.nearest' },
  { tool: 'rings', icon: 'rings', key: 'R', label: 'tool.rings' },
  { tool: 'measure', icon: 'ruler', key: 'M', label: 'tool.measure' },
  { tool: 'draw', icon: 'pentagon', key: 'P', label: 'tool.draw' },
]

export function Tools({ mapRef, onFit }: { mapRef: MapRef; onFit(): void }) {
  const t = useT()
  const { ops } = useDesk()
  const { tool, listOpen, float } = useStore(ops)
  return (
    <div className="tools" role="toolbar" aria-orientation="vertical" aria-label={t('tool.label')}>
      {TOOLS.map((item) => (
        <button key={item.tool} type="button" aria-pressed={tool === item.tool} title={t(item.label)} aria-label={t(item.label)} onClick={() => takeTool(ops, item.tool)}>
          <Icon name={item.icon} size={20} />
          <kbd>{item.key}</kbd>
        </button>
      ))}
      <button type="button" aria-pressed={listOpen} title={t('tool.list')} aria-label={t('tool.list')} onClick={() => ops.set({ listOpen: !listOpen })}>
        <Icon name="list" size={20} />
        <kbd>I</kbd>
      </button>
      <button type="button" aria-pressed={float === 'sheet'} title={t('tool.sheet')} aria-label={t('tool.sheet')} onClick={() => ops.set({ float: float === 'sheet' ? null : 'sheet' })}>
        <Icon name="print" size={20} />
        <kbd>O</kbd>
      </button>
      <button type="button" aria-pressed={float === 'keys'} title={t('keys.title')} aria-label={t('keys.title')} onClick={() => ops.set({ float: float === 'keys' ? null : 'keys' })}>
        <b aria-hidden="true">?</b>
      </button>
      <hr />
      <button type="button" title={t('tool.in')} aria-label={t('tool.in')} onClick={() => mapRef.current?.zoomBy(1)}>
        <Icon name="plus" size={20} />
      </button>
      <button type="button" title={t('tool.out')} aria-label={t('tool.out')} onClick={() => mapRef.current?.zoomBy(-1)}>
        <Icon name="minus" size={20} />
      </button>
      <button type="button" title={t('tool.fit')} aria-label={t('tool.fit')} onClick={onFit}>
        <Icon name="fit" size={20} />
      </button>
    </div>
  )
}

/** What people do with marks on the map. */
import type { DrawMark, Mark, MarkType } from '../api/marks'
import { sendCommand } from './sendCommand'

/** Returns the id of the mark. */
export async function drawMark(world: string, mark: Omit<DrawMark, 'type'>): Promise<string | null> {
  const { changes } = await sendCommand(world, { type: 'draw_mark', ...mark })
  return changes.find((change) => change.kind === 'mark')?.id ?? null
}

export interface MarkEdit {
  mark_type: MarkType
  title: string
  text: string
  /** null: it shall not end by itself. */
  valid_until: string | null
}

/** Changes what was edited, on the version that the editor saw. */
export async function changeMark(world: string, mark: Mark, edit: MarkEdit): Promise<void> {
  const ended = edit.valid_until === null
  await sendCommand(world, {
    type: 'change_mark',
    mark_id: mark.id,
    based_on_version: mark.version,
    mark_type: edit.mark_type,
    title: edit.title,
    text: edit.text,
    ...(ended ? { open_ended: true } : edit.valid_until && edit.valid_until !== mark.valid_until ? { valid_until: edit.valid_until } : {}),
  })
}

export async function removeMark(world: string, mark: Mark): Promise<void> {
  await sendCommand(world, { type: 'remove_mark', mark_id: mark.id })
}

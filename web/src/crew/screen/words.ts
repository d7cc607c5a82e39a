/** Words of the crew's screen for what the model holds. */
import { ApiError } from '../../api/client'
import { reasonOf } from '../../i18n/problem'
import { word, type Key, type Translate } from '../../i18n/translate'
import { zh } from '../../i18n/zh'
import type { Item, Refusal, What } from '../outbox/model'
import type { Stage, Triage } from '../types'

export function stageWord(t: Translate, stage: Stage): string {
  return word(t, 'crew.stage', stage)
}

export function whatWord(t: Translate, what: What): string {
  switch (what.kind) {
    case 'stage':
      return what.result ? word(t, 'crew.end', what.result) : stageWord(t, what.stage)
    case 'undo':
      return t('crew.item_undo', { stage: stageWord(t, what.stage) })
    case 'destination':
      return t('crew.item_destination', { name: what.name })
    case 'breakdown':
      return t('crew.breakdown')
    case 'care':
      return t('crew.care_title')
    case 'status':
      return t('crew.item_status', { status: word(t, 'unit', what.status) })
    case 'shift_begin':
      return t('crew.shift_begin')
    case 'shift_end':
      return t('crew.shift_end')
  }
}

export function refusalWord(t: Translate, refusal: Refusal | undefined): string {
  if (!refusal) return ''
  const own = `crew.code.${refusal.code}`
  return own in zh ? t(own as Key) : reasonOf(t, new ApiError(refusal))
}

export function itemState(t: Translate, item: Item, blocked: boolean): string {
  if (item.state === 'refused') return t('crew.state_refused')
  if (blocked) return t('crew.state_blocked')
  return t(item.state === 'sending' ? 'crew.state_sending' : 'crew.state_waiting')
}

/** 2 人 or 红 1 黄 2; empty if nothing is known. */
export function patientsWord(t: Translate, patients: Triage | undefined): string {
  if (!patients) return ''
  const colours = (['red', 'yellow', 'green', 'black'] as const).filter((c) => patients[c])
  const triaged = colours.map((c) => t(`crew.triage_${c}`, { n: patients[c] ?? 0 }))
  const open = patients.untriaged ? [t(triaged.length ? 'crew.untriaged' : 'crew.patients', { n: patients.untriaged })] : []
  return [...triaged, ...open].join('　')
}

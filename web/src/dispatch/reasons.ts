/** The usual reasons, in the order in which they happen. */
import type { Key } from '../i18n/translate'

export const CANCEL_REASONS: readonly Key[] = ['cancel_reason.caller', 'cancel_reason.closer', 'cancel_reason.wrong', 'cancel_reason.unit']
export const BREAKDOWN_REASONS: readonly Key[] = ['breakdown_reason.engine', 'breakdown_reason.tyre', 'breakdown_reason.crash', 'breakdown_reason.equipment']
export const STAND_DOWN_REASONS: readonly Key[] = ['stand_down_reason.caller', 'stand_down_reason.false_alarm', 'stand_down_reason.duplicate', 'stand_down_reason.handled']

/** Limits of the desk and what a running timer means against them. */

/** T0 to T1 (SZ-27), s. */
export const ANSWER_S = 10
/** Call to order: no national figure; the usual local limit, s. */
export const DISPATCH_S = 120
/** Order to receipt; the server escalates after it, s. */
export const RECEIVE_S = 60
/** An unreceived order comes to the commander's desk, s. */
export const ESCALATE_S = 120
/** T5 to T6 (SZ-28), s. */
export const TURNOUT_S = 180
/** A stage can be taken back within this, s. */
export const UNDO_S = 60
/** Longest usual time in a stage before somebody asks, s. */
export const STAGE_LIMIT_S = { departed: 1_800, arrived: 1_800, patient_aboard: 900, left_scene: 3_600, at_hospital: 1_800, handed_over: 1_200 } as const
/** A hold that ends within this is announced, s. */
export const HOLD_NEAR_S = 180

const NEAR = 0.8

export type TimerState = 'ok' | 'near' | 'over'

export function timerState(elapsedS: number, limitS: number): TimerState {
  if (elapsedS > limitS) return 'over'
  return elapsedS >= limitS * NEAR ? 'near' : 'ok'
}

/** Filled part of the ring, 0 to 1. */
export function timerShare(elapsedS: number, limitS: number): number {
  return Math.min(1, Math.max(0, elapsedS / limitS))
}

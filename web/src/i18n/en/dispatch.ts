/** The desk: calls, incidents, recommendation, assignments. */
import type { dispatch as zh } from '../zh/dispatch'

export const dispatch: Record<keyof typeof zh, string> = {}

/** Key figures. */
import type { kpi as zh } from '../zh/kpi'

export const kpi: Record<keyof typeof zh, string> = {}

/** The crew's phone. */
import type { crew as zh } from '../zh/crew'

export const crew: Record<keyof typeof zh, string> = {}

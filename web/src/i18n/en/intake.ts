/** The call-taking form. */
import type { intake as zh } from '../zh/intake'

export const intake: Record<keyof typeof zh, string> = {}

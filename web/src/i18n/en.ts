/** The English dictionary; its keys are checked against the Chinese one, area by area. */
import { actions } from './en/actions'
import { beds } from './en/beds'
import { crew } from './en/crew'
import { dispatch } from './en/dispatch'
import { drill } from './en/drill'
import { fields } from './en/fields'
import { intake } from './en/intake'
import { kpi } from './en/kpi'
import { ops } from './en/ops'
import { registry } from './en/registry'
import { shell } from './en/shell'
import { stock } from './en/stock'
import { tools } from './en/tools'
import { wall } from './en/wall'
import { words } from './en/words'
import type { zh } from './zh'

export const en: Record<keyof typeof zh, string> = { ...shell, ...words, ...ops, ...drill, ...dispatch, ...actions, ...intake, ...kpi, ...crew, ...fields, ...registry, ...beds, ...stock, ...tools, ...wall }

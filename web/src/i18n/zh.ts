/** 界面用语，中文。The Chinese dictionary defines the keys; one file for each area of the product. */
import { actions } from './zh/actions'
import { beds } from './zh/beds'
import { crew } from './zh/crew'
import { dispatch } from './zh/dispatch'
import { drill } from './zh/drill'
import { fields } from './zh/fields'
import { intake } from './zh/intake'
import { kpi } from './zh/kpi'
import { ops } from './zh/ops'
import { registry } from './zh/registry'
import { shell } from './zh/shell'
import { stock } from './zh/stock'
import { tools } from './zh/tools'
import { wall } from './zh/wall'
import { words } from './zh/words'

export const zh = { ...shell, ...words, ...ops, ...drill, ...dispatch, ...actions, ...intake, ...kpi, ...crew, ...fields, ...registry, ...beds, ...stock, ...tools, ...wall } as const

/** 界面用语，中文。The Chinese dictionary defines the keys; one file for each area of the product. */
import { actions } from './zh/actions'
import { crew } from './zh/crew'
import { dispatch } from './zh/dispatch'
import { drill } from './zh/drill'
import { intake } from './zh/intake'
import { kpi } from './zh/kpi'
import { ops } from './zh/ops'
import { shell } from './zh/shell'
import { tools } from './zh/tools'
import { wall } from './zh/wall'
import { words } from './zh/words'

export const zh = { ...shell, ...words, ...ops, ...drill, ...dispatch, ...actions, ...intake, ...kpi, ...crew, ...tools, ...wall } as const

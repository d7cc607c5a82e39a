/** 界面用语，中文。The Chinese dictionary defines the keys; one file for each area of the product. */
import { crew } from './zh/crew'
import { dispatch } from './zh/dispatch'
import { drill } from './zh/drill'
import { intake } from './zh/intake'
import { kpi } from './zh/kpi'
import { ops } from './zh/ops'
import { shell } from './zh/shell'
import { tools } from './zh/tools'
import { words } from './zh/words'

export const zh = { ...shell, ...words, ...ops, ...drill, ...dispatch, ...intake, ...kpi, ...crew, ...tools } as const

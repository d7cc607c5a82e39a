/** 指标。 */
export const kpi = {} as const

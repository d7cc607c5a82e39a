/** 受理表单。 */
export const intake = {} as const

/** 车组手机端。 */
export const crew = {} as const

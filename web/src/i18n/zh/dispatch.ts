/** 调度台：来电、事件、推荐、任务进程。 */
export const dispatch = {} as const

/** Periods of the key figures: local days of Asia/Shanghai, the end not included. */

export const PERIODS = ['today', 'yesterday', 'week', 'month', 'year'] as const
export type PeriodName = (typeof PERIODS)[number]

export interface Days {
  from: string
  to: string
}

const DAY_MS = 86_400_000
const local = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' })

/** The local date of a moment. */
export function dateOf(ms: number): string {
  return local.format(ms)
}

/** Weeks begin on Monday. */
export function daysOf(name: PeriodName, now: number): Days {
  const today = dateOf(now)
  const tomorrow = shift(today, 1)
  switch (name) {
    case 'today':
      return { from: today, to: tomorrow }
    case 'yesterday':
      return { from: shift(today, -1), to: today }
    case 'week':
      return { from: shift(today, -((weekday(today) + 6) % 7)), to: tomorrow }
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: tomorrow }
    case 'year':
      return { from: `${today.slice(0, 5)}01-01`, to: tomorrow }
  }
}

export function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}

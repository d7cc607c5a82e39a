/** Times, ages and distances as the screens write them (Asia/Shanghai, 24 h). */
import type { Key, Translate } from './translate'

const ZONE = 'Asia/Shanghai'
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function split(ms: number): Record<string, string> {
  // A time that cannot be read is shown as unknown; it must not take the screen down.
  if (!Number.isFinite(ms)) return { year: '-', month: '-', day: '-', hour: '--', minute: '--', second: '--', weekday: 'Sun' }
  return Object.fromEntries(parts.formatToParts(ms).map((p) => [p.type, p.value]))
}

/** 14:32:07 */
export function clockTime(ms: number): string {
  const p = split(ms)
  return `${p.hour}:${p.minute}:${p.second}`
}

/** 11月22日 周日 */
export function day(t: Translate, ms: number): string {
  const p = split(ms)
  const weekday = t(`weekday.${WEEKDAYS.indexOf(p.weekday ?? 'Sun')}` as Key)
  return t('date.day', { mo: Number(p.month), d: Number(p.day), weekday })
}

/** Today's times without the date, older ones with it. */
export function when(t: Translate, ms: number, now: number): string {
  const [a, b] = [split(ms), split(now)]
  const same = a.day === b.day && a.month === b.month && a.year === b.year
  return same ? clockTime(ms) : t('date.day_time', { mo: Number(a.month), d: Number(a.day), time: `${a.hour}:${a.minute}` })
}

/** 2026-11-22 14:32:07 */
export function fullTime(t: Translate, ms: number): string {
  const p = split(ms)
  return t('date.full', { y: p.year ?? '', mo: p.month ?? '', d: p.day ?? '', time: clockTime(ms) })
}

/** 8 秒前, 12 分前, 4小时32分前, over a day the date. */
export function age(t: Translate, at: number, now: number): string {
  const s = Math.max(0, Math.floor((now - at) / 1000))
  if (s < 1) return t('age.now')
  if (s < 60) return t('age.seconds', { n: s })
  if (s < 3600) return t('age.minutes', { n: Math.floor(s / 60) })
  if (s < 86_400 && s % 3600 < 60) return t('age.hours_even', { h: Math.floor(s / 3600) })
  if (s < 86_400) return t('age.hours', { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) })
  return when(t, at, now)
}

/** 9分48秒, 4小时32分 */
export function duration(t: Translate, ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  if (s < 60) return t('dur.s', { s })
  if (s < 3600) return t('dur.ms', { m: Math.floor(s / 60), s: s % 60 })
  return t('dur.hm', { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) })
}

/** The short age under a stale symbol. */
export function ageTag(t: Translate, ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return t('age.tag_minutes', { n: minutes })
  if (minutes < 48 * 60) return t('age.tag_hours', { n: Math.floor(minutes / 60) })
  return t('age.tag_days', { n: Math.floor(minutes / 1440) })
}

/** Running timer 02:26, from one hour 1:02:26. */
export function timer(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const tail = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
  return s < 3600 ? tail : `${Math.floor(s / 3600)}:${tail}`
}

/** 940 m below a kilometre (to 10 m), else 2.9 km. */
export function distance(metres: number): string {
  return metres < 995 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`
}

/** A measured length: 436 m, 2.914 km, 61.25 km. */
export function measured(metres: number): string {
  if (metres < 1000) return `${Math.round(metres)} m`
  return `${(metres / 1000).toFixed(metres < 10_000 ? 3 : 2)} km`
}

/** A measured area: 8,200 m², 0.342 km², 61.25 km². */
export function areaText(squareMetres: number): string {
  if (squareMetres < 100_000) return `${count(Math.round(squareMetres))} m²`
  const km = squareMetres / 1e6
  return `${km < 10 ? km.toFixed(3) : km < 1_000 ? km.toFixed(2) : count(Math.round(km))} km²`
}

export function count(n: number): string {
  return n.toLocaleString('en-US')
}

/** 37.8571, 113.5804 */
export function coordinates(lon: number, lat: number): string {
  return `${lat.toFixed(4)}, ${lon.toFixed(4)}`
}

/** 晋C·J1202 with the dot every plate has. */
export function plate(text: string): string {
  return /^\p{Script=Han}[A-Z]/u.test(text) && !text.includes('·') ? `${text.slice(0, 2)}·${text.slice(2)}` : text
}

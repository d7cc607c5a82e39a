import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { age, clockTime, distance, duration, plate, timer } from '../src/i18n/format'
import { en } from '../src/i18n/en'
import { translator } from '../src/i18n/translate'
import { zh } from '../src/i18n/zh'

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : [path]
  })
}

const HAN = /\p{Script=Han}/u
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

describe('dictionaries', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  })

  it('have no empty text', () => {
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) expect(text, key).not.toBe('')
  })

  it('use placeholders of the same names, dates apart', () => {
    for (const key of Object.keys(zh) as (keyof typeof zh)[])
      if (!key.startsWith('date.') && !['attention.beds_out'].includes(key)) expect(placeholders(en[key]), key).toEqual(placeholders(zh[key]))
  })

  it('leave no Chinese in the English text', () => {
    for (const [key, text] of Object.entries(en)) if (key !== 'lang.zh') expect(text, key).not.toMatch(HAN)
  })

  it('leave no English sentence in the Chinese text', () => {
    for (const [key, text] of Object.entries(zh)) if (key !== 'lang.en') expect(text, key).not.toMatch(/[a-z]{3,} [a-z]{2,}/)
  })
})

describe('code', () => {
  it('holds no Chinese outside of the dictionary and comments', () => {
    for (const path of files('src').filter((p) => /\.tsx?$/.test(p) && !/i18n\/(zh|en)[./]/.test(p))) {
      const code = readFileSync(path, 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/(^|\s)\/\/.*$/gm, '')
      expect(code.match(/.*\p{Script=Han}.*/u)?.[0], path).toBeUndefined()
    }
  })

  it('asks only for keys that exist', () => {
    for (const path of files('src').filter((p) => /\.tsx?$/.test(p)))
      for (const [, key] of readFileSync(path, 'utf8').matchAll(/\bt\('([a-z_.]+)'/g)) expect(key! in zh, `${path}: ${key}`).toBe(true)
  })
})

describe('formats', () => {
  const t = translator('zh')
  const noon = Date.parse('2026-11-22T06:32:07Z')
  it('write times of Shanghai', () => {
    expect(clockTime(noon)).toBe('14:32:07')
  })
  it('write ages', () => {
    expect(age(t, noon - 8_000, noon)).toBe('8 秒前')
    expect(age(t, noon - 12 * 60_000, noon)).toBe('12 分前')
    expect(age(t, noon - (4 * 60 + 32) * 60_000, noon)).toBe('4小时32分前')
    expect(age(t, noon - 30 * 3_600_000, noon)).toBe('11月21日 08:32')
  })
  it('write durations, timers and distances', () => {
    expect(duration(t, 588_000)).toBe('9分48秒')
    expect(timer(146_000)).toBe('02:26')
    expect(timer(3_746_000)).toBe('1:02:26')
    expect(distance(943)).toBe('940 m')
    expect(distance(2_910)).toBe('2.9 km')
  })
  it('writes plates with their dot', () => {
    expect(plate('晋CJ1202')).toBe('晋C·J1202')
    expect(plate('晋C·J1202')).toBe('晋C·J1202')
  })
})

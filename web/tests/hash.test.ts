import { describe, expect, it } from 'vitest'
import { add, hex, subtract, term } from '../src/feed/hash'

describe('checkpoint hash', () => {
  it('gives the vectors of the contract', () => {
    const one = term('ambulance', 'amb-140600-001', 1)
    expect(hex(one)).toBe('3a53f22eadfd7559')
    expect(hex(add(one, term('station', 'sta-140602-01', 3)))).toBe('e318cf72500bb039')
  })

  it('is zero for nothing and undone by subtraction, also past 2^64', () => {
    expect(hex(0n)).toBe('0000000000000000')
    const terms = Array.from({ length: 50 }, (_, i) => term('team', `t-${i}`, i))
    const sum = terms.reduce(add, 0n)
    expect(terms.reduce(subtract, sum)).toBe(0n)
  })
})

import { describe, expect, it } from 'vitest'
import { areaM2, distanceM, lengthM, perimeterM, type Position } from '../src/domain/geodesy'

/** Known values: PostGIS 3.3 on geography, which uses GeographicLib. */
const DISTANCES: [Position, Position, number][] = [
  [[112, 39], [113, 40], 140_442.947_740_15],
  [[113.5804, 37.8571], [113.6, 37.9], 5_064.257_223_37],
  [[0, 0], [1, 1], 156_899.568_291_34],
]
const AREAS: [Position[], number][] = [
  [[[112, 39], [113, 39], [113, 40]], 4_808_947_567.263_611],
  [[[112, 39], [112.1, 39], [112.1, 39.1], [112, 39.1]], 96_101_807.357_742_31],
  [[[113.5, 37.8], [113.62, 37.83], [113.6, 37.95], [113.55, 37.9]], 85_468_292.772_390_37],
  [[[75, 38], [79, 38], [79, 41], [75, 41]], 114_572_578_450.548_83],
]

describe('geodesy', () => {
  it('measures along the ellipsoid to a millimetre', () => {
    for (const [a, b, metres] of DISTANCES) {
      expect(distanceM(a, b)).toBeCloseTo(metres, 3)
      expect(distanceM(b, a)).toBeCloseTo(metres, 3)
    }
    expect(distanceM([112, 39], [112, 39])).toBe(0)
  })

  it('measures areas to some parts in a hundred thousand, whichever way round', () => {
    for (const [ring, squareMetres] of AREAS) {
      const closed = [...ring, ring[0] as Position]
      for (const one of [ring, closed, ring.toReversed()]) expect(Math.abs(areaM2(one) / squareMetres - 1)).toBeLessThan(5e-5)
    }
    expect(areaM2([])).toBe(0)
    expect(areaM2([[112, 39], [113, 39]])).toBeCloseTo(0, 3)
  })

  it('the whole earth has the area of its ellipsoid', () => {
    const eighth = areaM2([[0, 0], [90, 0], [90, 90 - 1e-9]])
    expect(Math.abs((8 * eighth) / 510_065_621_724_088 - 1)).toBeLessThan(1e-6)
  })

  it('adds up lines and rings', () => {
    const [a, b, c]: Position[] = [[112, 39], [113, 39], [113, 40]]
    expect(lengthM([a as Position, b as Position, c as Position])).toBeCloseTo(distanceM(a as Position, b as Position) + distanceM(b as Position, c as Position), 6)
    expect(perimeterM([a as Position, b as Position, c as Position])).toBeGreaterThan(lengthM([a as Position, b as Position, c as Position]))
    expect(perimeterM([])).toBe(0)
  })
})

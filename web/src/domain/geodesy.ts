/** Lengths and areas on the WGS-84 ellipsoid, for measuring on the map. */

export type Position = [lon: number, lat: number]

const A = 6_378_137
const F = 1 / 298.257_223_563
const B = A * (1 - F)
const E2 = F * (2 - F)
const E = Math.sqrt(E2)
const RAD = Math.PI / 180
const ROUNDS = 60

/** Metres along the geodesic (Vincenty); to a millimetre, but for points on opposite sides of the earth. */
export function distanceM([lon1, lat1]: Position, [lon2, lat2]: Position): number {
  const l = (lon2 - lon1) * RAD
  const [u1, u2] = [Math.atan((1 - F) * Math.tan(lat1 * RAD)), Math.atan((1 - F) * Math.tan(lat2 * RAD))]
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)]
  let lambda = l
  for (let round = 0; round < ROUNDS; round += 1) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)]
    const sinS = Math.hypot(cosU2 * sinL, cosU1 * sinU2 - sinU1 * cosU2 * cosL)
    if (sinS === 0) return 0
    const cosS = sinU1 * sinU2 + cosU1 * cosU2 * cosL
    const sigma = Math.atan2(sinS, cosS)
    const sinA = (cosU1 * cosU2 * sinL) / sinS
    const cos2A = 1 - sinA * sinA
    const cos2M = cos2A === 0 ? 0 : cosS - (2 * sinU1 * sinU2) / cos2A
    const c = (F / 16) * cos2A * (4 + F * (4 - 3 * cos2A))
    const before = lambda
    lambda = l + (1 - c) * F * sinA * (sigma + c * sinS * (cos2M + c * cosS * (2 * cos2M * cos2M - 1)))
    if (Math.abs(lambda - before) > 1e-12) continue
    const uu = (cos2A * (A * A - B * B)) / (B * B)
    const a = 1 + (uu / 16_384) * (4_096 + uu * (-768 + uu * (320 - 175 * uu)))
    const b = (uu / 1_024) * (256 + uu * (-128 + uu * (74 - 47 * uu)))
    const step = (b / 6) * cos2M * (4 * sinS * sinS - 3) * (4 * cos2M * cos2M - 3)
    return B * a * (sigma - b * sinS * (cos2M + (b / 4) * (cosS * (2 * cos2M * cos2M - 1) - step)))
  }
  return Number.NaN
}

/** Metres along a line. */
export function lengthM(line: readonly Position[]): number {
  return line.slice(1).reduce((sum, position, i) => sum + distanceM(line[i] as Position, position), 0)
}

/** The function whose ratio to its value at the pole is the sine of the authalic latitude. */
function q(sin: number): number {
  return (1 - E2) * (sin / (1 - E2 * sin * sin) + Math.atanh(E * sin) / E)
}

const Q_POLE = q(1)
const AUTHALIC_M = A * Math.sqrt(Q_POLE / 2)
/**
 * Square metres inside a ring, closed or not: on the sphere of the same area, where latitudes are authalic. Good to
 * some parts in a hundred thousand for what is drawn on a map of a city.
 */
export function areaM2(ring: readonly Position[]): number {
  let excess = 0
  const points = ring.map(([lon, lat]): Position => [lon * RAD, Math.asin(q(Math.sin(lat * RAD)) / Q_POLE)])
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as Position
    const t = Math.tan(a[1] / 2) * Math.tan(b[1] / 2)
    const d = b[0] - a[0]
    // Twice the signed area between the edge and the equator.
    excess += 2 * Math.atan2(Math.tan(d / 2) * (Math.tan(a[1] / 2) + Math.tan(b[1] / 2)), 1 + t)
  })
  return Math.abs(excess) * AUTHALIC_M * AUTHALIC_M
}

/** Metres round a ring. */
export function perimeterM(ring: readonly Position[]): number {
  const first = ring[0]
  return first ? lengthM([...ring, first]) : 0
}

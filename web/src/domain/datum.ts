/** Chinese datums, chosen by whoever types the coordinates and never guessed; WGS-84 inside. */

export const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const
export type Datum = (typeof DATUMS)[number]

export interface LonLat {
  lon: number
  lat: number
}

const A = 6_378_245
const EE = 0.006_693_421_622_965_943
const { sin, cos, sqrt, abs, PI } = Math

function outside({ lon, lat }: LonLat): boolean {
  return lon < 73.66 || lon > 135.05 || lat < 3.86 || lat > 53.55
}

export function wgsToGcj(p: LonLat): LonLat {
  if (outside(p)) return p
  const [x, y] = [p.lon - 105, p.lat - 35]
  const waves = (20 * sin(6 * PI * x) + 20 * sin(2 * PI * x)) * (2 / 3)
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
  dLat += ((20 * sin(PI * y) + 40 * sin((PI * y) / 3)) * 2) / 3 + ((160 * sin((PI * y) / 12) + 320 * sin((PI * y) / 30)) * 2) / 3
  let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
  dLon += ((20 * sin(PI * x) + 40 * sin((PI * x) / 3)) * 2) / 3 + ((150 * sin((PI * x) / 12) + 300 * sin((PI * x) / 30)) * 2) / 3
  const phi = (p.lat / 180) * PI
  const m = 1 - EE * sin(phi) * sin(phi)
  return {
    lon: p.lon + (dLon * 180) / ((A / sqrt(m)) * cos(phi) * PI),
    lat: p.lat + (dLat * 180) / (((A * (1 - EE)) / (m * sqrt(m))) * PI),
  }
}

/** Iterated, since the formula has no closed inverse; ends below a millimetre. */
export function gcjToWgs(p: LonLat): LonLat {
  if (outside(p)) return p
  let guess = p
  for (let i = 0; i < 20; i++) {
    const back = wgsToGcj(guess)
    const [dx, dy] = [back.lon - p.lon, back.lat - p.lat]
    guess = { lon: guess.lon - dx, lat: guess.lat - dy }
    if (abs(dx) < 1e-10 && abs(dy) < 1e-10) break
  }
  return guess
}

const BD = (PI * 3000) / 180

export function gcjToBd({ lon, lat }: LonLat): LonLat {
  if (outside({ lon, lat })) return { lon, lat }
  const z = Math.hypot(lon, lat) + 2e-5 * sin(lat * BD)
  const theta = Math.atan2(lat, lon) + 3e-6 * cos(lon * BD)
  return { lon: z * cos(theta) + 0.0065, lat: z * sin(theta) + 0.006 }
}

export function bdToGcj(p: LonLat): LonLat {
  if (outside(p)) return p
  let guess = { lon: p.lon - 0.0065, lat: p.lat - 0.006 }
  for (let i = 0; i < 20; i++) {
    const back = gcjToBd(guess)
    const [dx, dy] = [back.lon - p.lon, back.lat - p.lat]
    guess = { lon: guess.lon - dx, lat: guess.lat - dy }
    if (abs(dx) < 1e-10 && abs(dy) < 1e-10) break
  }
  return guess
}

export function toWgs(p: LonLat, datum: Datum): LonLat {
  if (datum === 'wgs84') return p
  return gcjToWgs(datum === 'bd09' ? bdToGcj(p) : p)
}

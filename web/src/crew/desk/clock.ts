/**
 * World time on the phone. Each answer that carries the server's time bounds how far the phone is off; the lower bound
 * is used, so that a step never lies in the future of the server, which would refuse it.
 */
export interface Bounds {
  /** Server minus phone, ms: at least, at most. */
  least: number
  most: number
}

export interface PhoneClock {
  /** World time now, epoch ms. */
  now(): number
  /** World time of a moment of the phone. */
  at(phone: number): number
  /** An answer: when it was asked and received (phone), what the server said, how fast the world runs. */
  sample(asked: number, received: number, server: number, rate?: number): void
  /** How far the phone is behind the server, ms; null before the first answer. */
  offset(): number | null
  restore(offset: number): void
}

/** Both bounds at once if they can be true together; else the phone's clock was set, and the new ones count. */
export function narrowed(known: Bounds | null, sample: Bounds): Bounds {
  if (!known || sample.least > known.most || sample.most < known.least) return sample
  return { least: Math.max(known.least, sample.least), most: Math.min(known.most, sample.most) }
}

export function phoneClock(phone: () => number = Date.now): PhoneClock {
  let bounds: Bounds | null = null
  /** A drill runs at its own rate from its last known moment. */
  let drill: { base: number; phone: number; rate: number } | null = null
  const at = (moment: number) => (drill ? drill.base + (moment - drill.phone) * drill.rate : moment + (bounds?.least ?? 0))
  return {
    now: () => at(phone()),
    at,
    sample(asked, received, server, rate = 1) {
      drill = rate === 1 ? null : { base: server, phone: received, rate }
      bounds = narrowed(bounds, { least: server - received, most: server - asked })
    },
    offset: () => bounds?.least ?? null,
    restore(offset) {
      bounds ??= { least: offset, most: offset + 60_000 }
    },
  }
}

/** The checkpoint hash: an order-free sum over the visible entities, kept incrementally. */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

const MASK = (1n << 64n) - 1n

/** First 8 bytes, big-endian, of SHA-256("kind/id/version"). */
export function term(kind: string, id: string, version: number): bigint {
  const digest = sha256(utf8ToBytes(`${kind}/${id}/${version}`))
  return new DataView(digest.buffer, digest.byteOffset, 8).getBigUint64(0)
}

export function add(sum: bigint, value: bigint): bigint {
  return (sum + value) & MASK
}

export function subtract(sum: bigint, value: bigint): bigint {
  return (sum - value) & MASK
}

/** 16 lower-case hex digits, as in a checkpoint. */
export function hex(sum: bigint): string {
  return sum.toString(16).padStart(16, '0')
}

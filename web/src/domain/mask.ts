/** Personal text that is shown only on demand. */

/** 135••••0926; short numbers keep their last two digits. */
export function maskNumber(text: string): string {
  const digits = text.trim()
  if (digits.length < 7) return `••${digits.slice(-2)}`
  return `${digits.slice(0, 3)}••••${digits.slice(-4)}`
}

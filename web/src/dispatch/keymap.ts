/** Keys of the desk as intents. Pure: what a key means depends on the key and on whether somebody is typing. */

export type Intent =
  | { type: 'answer' | 'next' | 'recommend' | 'end' | 'hold' | 'link' | 'silence' | 'left_out' | 'undo' | 'back' | 'keys' | 'beds' | 'reserve' | 'menu' | 'task' }
  | { type: 'zoom'; step: 1 | -1 | 0 }
  | { type: 'move'; step: 1 | -1 }
  | { type: 'region'; step: 1 | -1 }
  | { type: 'field'; n: number }
  | { type: 'arm'; n: number; add: boolean }

export interface KeyPress {
  key: string
  /** The physical key: with Shift or Alt a digit's `key` is something else. */
  code: string
  ctrl: boolean
  alt: boolean
  shift: boolean
}

const LETTERS: Record<string, Intent> = {
  h: { type: 'hold' },
  o: { type: 'link' },
  a: { type: 'silence' },
  x: { type: 'left_out' },
  b: { type: 'beds' },
  r: { type: 'reserve' },
  e: { type: 'menu' },
  t: { type: 'task' },
  u: { type: 'undo' },
  j: { type: 'move', step: 1 },
  k: { type: 'move', step: -1 },
  '?': { type: 'keys' },
  '+': { type: 'zoom', step: 1 },
  '=': { type: 'zoom', step: 1 },
  '-': { type: 'zoom', step: -1 },
  '0': { type: 'zoom', step: 0 },
}

const FIELDS = 7

export function intentOf(press: KeyPress, typing: boolean, letters: boolean): Intent | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1]
  if (press.ctrl) return press.key === 'Enter' ? { type: 'end' } : null
  if (press.alt) {
    if (press.code === 'KeyR') return { type: 'recommend' }
    return digit && Number(digit) <= FIELDS ? { type: 'field', n: Number(digit) } : null
  }
  switch (press.key) {
    case 'F2':
      return { type: 'answer' }
    case 'F3':
      return { type: 'next' }
    case 'F4':
      return { type: 'recommend' }
    case 'F6':
      return { type: 'region', step: press.shift ? -1 : 1 }
    case 'Escape':
      return { type: 'back' }
  }
  if (typing) return null
  if (digit) return { type: 'arm', n: Number(digit), add: press.shift }
  return letters ? (LETTERS[press.key] ?? LETTERS[press.key.toLowerCase()] ?? null) : null
}

const LETTERS_KEY = 'chiyuan.single-keys'

/** Single letters can be switched off (WCAG 2.1.4). */
export function lettersOn(): boolean {
  return localStorage.getItem(LETTERS_KEY) !== 'off'
}

export function setLetters(on: boolean): void {
  localStorage.setItem(LETTERS_KEY, on ? 'on' : 'off')
}

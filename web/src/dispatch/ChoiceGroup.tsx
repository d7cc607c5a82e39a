/** A row of choices: one stop of the Tab key, arrows move, Space takes. Digits stay free for candidates. */
import { useRef, type KeyboardEvent, type ReactNode } from 'react'

interface Props<T extends string> {
  label: string
  field: string
  value: T | null
  options: readonly { value: T; content: ReactNode }[]
  disabled: boolean
  onChange(value: T): void
}

export function ChoiceGroup<T extends string>({ label, field, value, options, disabled, onChange }: Props<T>) {
  const box = useRef<HTMLDivElement>(null)
  const at = options.findIndex((option) => option.value === value)
  const move = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    const next = (index + step + options.length) % options.length
    const option = options[next]
    if (option) onChange(option.value)
    box.current?.querySelectorAll<HTMLButtonElement>('button')[next]?.focus()
  }
  return (
    <div ref={box} className="choices" role="radiogroup" aria-label={label} data-field={field}>
      {options.map((option, i) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={i === Math.max(0, at) ? 0 : -1}
          disabled={disabled}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => move(event, i)}
        >
          {option.content}
        </button>
      ))}
    </div>
  )
}

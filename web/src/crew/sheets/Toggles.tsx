/** Big keys of which one, or any number, is pressed. */
interface Props {
  label: string
  options: readonly (readonly [value: string, text: string])[]
  /** One pressed key; pressing it again lets it go. */
  value?: string | null
  onChange?(value: string | null): void
  /** Any number of pressed keys. */
  values?: readonly string[]
  onToggle?(value: string): void
  wide?: boolean
}

export function Toggles({ label, options, value, onChange, values, onToggle, wide }: Props) {
  return (
    <div className={`crew-toggles ${wide ? 'is-wide' : ''}`} role="group" aria-label={label}>
      {options.map(([key, text]) => {
        const pressed = values ? values.includes(key) : value === key
        return (
          <button key={key} type="button" aria-pressed={pressed} onClick={() => (onToggle ? onToggle(key) : onChange?.(pressed ? null : key))}>
            {text}
          </button>
        )
      })}
    </div>
  )
}

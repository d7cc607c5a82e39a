/** The name of a form field with the key that leads to it, part of the label. */
import type { ReactNode } from 'react'

export function FieldLabel({ name, alt, htmlFor, children }: { name: string; alt?: number; htmlFor?: string; children?: ReactNode }) {
  return (
    <div className="field-label">
      <label htmlFor={htmlFor}>{name}</label>
      {alt !== undefined && <kbd>Alt {alt}</kbd>}
      {children && <span>{children}</span>}
    </div>
  )
}

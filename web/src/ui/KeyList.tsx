/** Keys and what they do. */
import { useT } from '../i18n/context'
import type { Key } from '../i18n/translate'

export function KeyList({ keys }: { keys: readonly (readonly [string, Key])[] }) {
  const t = useT()
  return (
    <dl className="keys-list">
      {keys.map(([key, label]) => (
        <div key={label}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(label)}</dd>
        </div>
      ))}
    </dl>
  )
}

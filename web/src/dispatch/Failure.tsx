/** What was not done and why, beside the thing it was tried on. */
import { useStore } from '../ui/store'
import { useDispatch } from './useDispatch'

export function Failure({ at }: { at: string }) {
  const { dispatch } = useDispatch()
  const text = useStore(dispatch).failures[at]
  return text ? (
    <p className="alarm row-failure" role="alert">
      {text}
    </p>
  ) : null
}

/** Says in words why the server refused. */
import { ApiError } from '../api/client'
import type { Key, Translate } from './translate'
import { zh } from './zh'

const BY_STATUS: Record<number, Key> = {
  0: 'error.unreachable',
  401: 'error.unauthenticated',
  403: 'error.forbidden',
  404: 'error.not_found',
  409: 'error.conflict',
  422: 'error.invalid',
  429: 'error.rate_limited',
  500: 'error.internal',
  503: 'error.unavailable',
}

export function reasonOf(t: Translate, error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.other', { code: 'client' })
  const { status, code } = error.problem
  const exact = `code.${code}`
  if (exact in zh) return t(exact as Key)
  const key = BY_STATUS[status]
  return key ? t(key) : t('error.other', { code })
}

/** The name of the one who sits here; a display name that only repeats the role is said in the language of the screen. */
import type { User } from '../api/types'
import { en } from '../i18n/en'
import type { Translate } from '../i18n/translate'
import { zh } from '../i18n/zh'

export function repeatsRole(user: User): boolean {
  const name = user.display_name ?? ''
  return name === zh[`role.${user.role}`] || name === en[`role.${user.role}`]
}

export function seatName(t: Translate, user: User): string {
  return repeatsRole(user) ? t(`role.${user.role}`) : user.display_name || user.username
}

/** The button that empties a choice, in our words and with our icon. */
import type { ReactNode } from 'react'
import { useT } from '../i18n/context'
import { Icon } from './icons'

export function useClearing(): { clearIcon: ReactNode; label: string } {
  const t = useT()
  return { clearIcon: <Icon name="close" size={12} />, label: t('ui.clear') }
}

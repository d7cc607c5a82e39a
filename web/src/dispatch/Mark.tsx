/** Priority is a ladder of lightness, the grade a badge on its hue: the two never look alike. */
import type { Grade, Priority } from '../api/cases'
import { useT } from '../i18n/context'

export function PriorityMark({ priority }: { priority: Priority }) {
  const t = useT()
  return (
    <span className={`priority ${priority}`} title={t(`priority.${priority}`)}>
      {priority}
    </span>
  )
}

const NUMERALS: Record<Grade, string> = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ' }

export function GradeMark({ grade }: { grade: Grade }) {
  const t = useT()
  return (
    <span className={`grade grade-${grade}`}>
      {NUMERALS[grade]} {t(`grade.${grade}`)}
    </span>
  )
}

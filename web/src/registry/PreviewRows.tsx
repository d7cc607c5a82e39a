/** The rows of a judged file: what is wrong first, then what would change. */
import { useState } from 'react'
import type { Preview, PreviewRow } from '../api/registry'
import { useI18n, useT } from '../i18n/context'
import { count } from '../i18n/format'
import { word, type Translate } from '../i18n/translate'
import { FieldList } from './HistoryPanel'

const PAGE = 100
const RANK = { error: 0, changed: 1, created: 2, unchanged: 3 } as const

export function PreviewRows({ preview }: { preview: Preview }) {
  const t = useT()
  const [limit, setLimit] = useState(PAGE)
  const rows = preview.rows.filter((row) => row.outcome !== 'unchanged').sort((a, b) => RANK[a.outcome] - RANK[b.outcome] || a.line - b.line)
  return (
    <>
      <ol className="preview-rows">
        {rows.slice(0, limit).map((row) => (
          <Row key={row.line} row={row} />
        ))}
      </ol>
      {rows.length > limit && (
        <button type="button" className="action more" onClick={() => setLimit(limit + PAGE)}>
          {t('registry.more', { n: count(rows.length - limit) })}
        </button>
      )}
    </>
  )
}

function Row({ row }: { row: PreviewRow }) {
  const { t, language } = useI18n()
  return (
    <li className={row.outcome}>
      <span className="line">{row.line > 0 ? t('import.line', { n: row.line }) : t('import.file')}</span>
      <b>{row.name || row.id}</b>
      <small>{row.name ? row.id : ''}</small>
      <em>{t(`outcome.${row.outcome}`)}</em>
      {row.faults.map((fault) => (
        <p key={`${fault.column}${fault.code}${fault.detail}`}>
          {fault.column && <b>{word(t, 'field', fault.column)}</b>} {word(t, 'code', fault.code)}
          <small title={fault.detail}>{language === 'en' ? fault.detail : culprit(t, fault.detail)}</small>
        </p>
      ))}
      {row.fields.length > 0 && <FieldList fields={row.fields} />}
    </li>
  )
}

/** Of the server's words only what they quote: the value, or the other line. */
function culprit(t: Translate, detail: string): string {
  const quoted = /`([^`]+)`/.exec(detail)?.[1]
  const line = /^stands already at .*:(\d+)$/.exec(detail)?.[1]
  if (line) return t('import.line', { n: line })
  return quoted ? t('import.is', { value: quoted }) : ''
}

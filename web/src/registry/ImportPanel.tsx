/** A file brought in: judged row by row first, wrong rows on top; one button applies exactly what was shown. */
import { useRef, useState } from 'react'
import { postImport, postPreview, type ImportReport, type Preview } from '../api/registry'
import { useDesk } from '../app/desk'
import type { RegistryKind } from '../domain/registry'
import { useT } from '../i18n/context'
import { count } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { PreviewRows } from './PreviewRows'

export function ImportPanel({ kind, onClose }: { kind: RegistryKind; onClose(): void }) {
  const t = useT()
  const { world } = useDesk()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState<'preview' | 'import' | null>(null)
  const look = async (chosen: File) => {
    setFile(chosen)
    setPreview(null)
    setReport(null)
    setFailed(null)
    setBusy('preview')
    try {
      setPreview(await postPreview(world.id, kind, chosen))
    } catch (error) {
      setFailed(t('import.not_read', { reason: reasonOf(t, error) }))
    }
    setBusy(null)
  }
  const apply = async () => {
    if (!file || !preview) return
    setBusy('import')
    setFailed(null)
    try {
      setReport(await postImport(world.id, kind, file, preview.digest))
    } catch (error) {
      setFailed(t('import.not_done', { reason: reasonOf(t, error) }))
    }
    setBusy(null)
  }
  const todo = preview ? preview.created + preview.changed : 0
  const ready = preview !== null && preview.errors === 0 && todo > 0 && report === null
  return (
    <aside className="desk-side import" aria-label={t('registry.import')} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header className="panel-head">
        <h2>{t('import.title', { kind: t(`registry_kind.${kind}`) })}</h2>
        <button type="button" className="close" aria-label={t('card.close')} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      </header>
      <div className="import-file">
        <input
          ref={input}
          id="import-file"
          type="file"
          accept=".csv,.xlsx"
          className="unseen"
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            // The same name again is a mended file.
            event.target.value = ''
            if (chosen) void look(chosen)
          }}
        />
        <label htmlFor="import-file" className="action">
          {t(file ? 'import.another' : 'import.choose')}
        </label>
        <span>{file ? file.name : t('import.hint')}</span>
      </div>
      {busy === 'preview' && <p className="pad dim">{t('import.judging')}</p>}
      {failed && (
        <p className="alarm pad" role="alert">
          {failed}
        </p>
      )}
      {preview && (
        <>
          <p className="unseen" role="status">
            {`${t('import.errors')} ${count(preview.errors)}, ${t('import.created')} ${count(preview.created)}, ${t('import.changed')} ${count(preview.changed)}`}
          </p>
          <dl className="import-counts">
            {(['errors', 'created', 'changed', 'unchanged'] as const).map((name) => (
              <div key={name} className={name === 'errors' && preview.errors > 0 ? 'bad' : ''}>
                <dt>{t(`import.${name}`)}</dt>
                <dd>{count(preview[name])}</dd>
              </div>
            ))}
          </dl>
          {!report && (
            <div className="import-go">
              <button type="button" className="action primary" disabled={!ready || busy !== null} onClick={() => void apply()}>
                {busy === 'import' ? t('import.running') : t('import.go', { n: count(todo) })}
              </button>
              <span className={preview.errors > 0 ? 'alarm' : 'dim'}>{preview.errors > 0 ? t('import.mend_first') : todo === 0 ? t('import.nothing') : t('import.exactly')}</span>
            </div>
          )}
          {report && <Report report={report} onAgain={() => file && void look(file)} />}
          <PreviewRows preview={preview} />
        </>
      )}
    </aside>
  )
}

function Report({ report, onAgain }: { report: ImportReport; onAgain(): void }) {
  const t = useT()
  const { left, stopped_by: stop } = report
  if (left.length === 0)
    return (
      <p className="done pad" role="status">
        {t('import.done', { created: count(report.created), changed: count(report.changed) })}
      </p>
    )
  return (
    <div className="alarm pad" role="alert">
      <p>{t('import.partly', { done: count(report.created + report.changed), left: count(left.length) })}</p>
      {stop && <p>{word(t, 'code', stop.code) === stop.code ? stop.detail : word(t, 'code', stop.code)}</p>}
      <p>{left.slice(0, 10).map((row) => row.id).join(', ')}</p>
      <button type="button" className="action" onClick={onAgain}>
        {t('import.again')}
      </button>
    </div>
  )
}

/** The registry over HTTP: histories, and files out and in. */
import { request, search, upload } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type HistoryEntry = Schemas['HistoryEntry']
export type FieldChange = Schemas['FieldChange']
export type Preview = Schemas['Preview']
export type PreviewRow = Schemas['PreviewRow']
export type ImportReport = Schemas['ImportReport']

export function getHistory(world: string, id: string, after: number | undefined, signal?: AbortSignal): Promise<HistoryEntry[]> {
  return request('GET', `/worlds/${world}/resources/${id}/history?${search({ after, limit: 50 })}`, undefined, { signal })
}

export function registryFileUrl(world: string, kind: string, format: 'csv' | 'xlsx', jurisdiction: string | undefined): string {
  const query = search({ jurisdiction })
  return `/api/v1/worlds/${world}/registry/${kind}.${format}${query && `?${query}`}`
}

export function postPreview(world: string, kind: string, file: File): Promise<Preview> {
  return upload(`/worlds/${world}/registry/${kind}/preview`, file, mediaOf(file))
}

/** Applies exactly the file of this digest; giving it again does nothing twice. */
export function postImport(world: string, kind: string, file: File, digest: string): Promise<ImportReport> {
  return upload(`/worlds/${world}/registry/${kind}/import?${search({ digest })}`, file, mediaOf(file))
}

function mediaOf(file: File): string {
  return file.name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
}

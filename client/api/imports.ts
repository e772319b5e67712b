import type { ImportBatch, ImportReport } from '../../geodata/exchange/import-report.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'

export interface ImportOptions {
  /** undefined: the file says itself (OSM) */
  layer: LayerId | undefined
  /** 6 or 9 digits; needed when OSM estates become communities */
  division: string | undefined
  dryRun: boolean
}

/** Sends a file. A dry run answers the same report and writes nothing. Throws ApiError. */
export function postImport(file: File, options: ImportOptions): Promise<ImportReport> {
  const body = new FormData()
  body.set('file', file, file.name)
  if (options.layer) body.set('layer', options.layer)
  if (options.division) body.set('division', options.division)
  return requestJson(withQuery('/api/v1/imports', { dryRun: options.dryRun || undefined }), {
    method: 'POST',
    body,
  })
}

/** The newest 200, newest first. */
export const listImports = () =>
  requestJson<{ imports: ImportBatch[] }>('/api/v1/imports').then((answer) => answer.imports)

export const getImport = (id: number) =>
  requestJson<ImportBatch & { report: unknown }>(`/api/v1/imports/${id}`)

/** Fills an empty database with the demo area. Takes some seconds. Throws ApiError. */
export const makeDemo = () => requestJson<{ batchId: number }>('/api/v1/demo', { method: 'POST' })

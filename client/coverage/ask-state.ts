import { ANALYSIS_KINDS, type AnalysisKindName } from '../../geodata/coverage/analysis.schema.ts'

/** What the workspace is asked, as it stands in the URL (`ask=`). */
export type Ask =
  | { what: 'count'; text: string | undefined }
  | { what: 'form'; kind: AnalysisKindName }
  | { what: 'analysis'; id: string }

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** A kind of question, or the id of an analysis; anything else is for the count of facilities. */
export function readAsk(ask: string | undefined): Ask {
  const kind = ANALYSIS_KINDS.find((known) => known === ask)
  if (kind) return { what: 'form', kind }
  return ask && UUID.test(ask) ? { what: 'analysis', id: ask } : { what: 'count', text: ask }
}

import { sitingKind } from '../siting/siting.kind.ts'
import { type AnyAnalysisKind, anyKind } from './analysis-kind.ts'

/** The questions that can be asked, each by one line: `anyKind(facilityKind),`. */
export const ANALYSIS_KIND_LIST: readonly AnyAnalysisKind[] = [anyKind(sitingKind)]

import type { AnalysisSummary } from '../../geodata/coverage/analysis.schema.ts'
import type { Texts } from './analysis-view.ts'

/** Its own name, else that of its kind. */
export const titleOf = ({ title, kind }: Pick<AnalysisSummary, 'title' | 'kind'>, { t }: Texts): string =>
  title || t(`coverage.kinds.${kind}.name`)

import './patrol.css'
import type { PatrolParams } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import type { AnalysisFormProps } from '../analysis-view.ts'
import { QuestionFields } from './question-fields.tsx'
import { readParams } from './read-params.ts'

/** The question about patrols of a period; what does not fit any more is asked as usual. */
export default function PatrolForm({ params: given, setParams }: AnalysisFormProps) {
  const params = readParams(given)
  const put = (next: Partial<PatrolParams>) => setParams({ ...params, ...next })
  return <QuestionFields params={params} put={put} />
}

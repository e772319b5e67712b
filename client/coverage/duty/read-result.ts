import type { Analysis } from '../../../geodata/coverage/analysis.schema.ts'
import { type DutyResult, dutyResultSchema } from '../../../geodata/duties/duty-analysis.schema.ts'

/** The figures of an analysis of duties. */
export const readResult = ({ result }: Analysis): DutyResult => dutyResultSchema.parse(result)

import { z } from 'zod'

/** What whistles and the hotline ask beyond the steps of a case. */
export const OWED_KINDS = ['answer', 'task', 'contact', 'unit-call-back', 'street-call-back'] as const

export const owedSchema = z
  .object({
    kind: z.enum(OWED_KINDS),
    hazard: z.int().describe('The case'),
    title: z.string(),
    department: z
      .object({ id: z.int(), name: z.string() })
      .nullable()
      .describe('Who is to do it; null: the street, or nobody has the case yet'),
    what: z.string().describe('Why departments were called, the task, or the number of the order'),
    dueAt: z
      .string()
      .nullable()
      .describe('Of an answer and a task their own, else the deadline of the case; null: none runs'),
    dueDay: z.string().nullable().describe('Of a task: its last day'),
    late: z.boolean(),
  })
  .meta({ id: 'OwedByDispatch' })

export const owedListSchema = z.object({ owed: z.array(owedSchema), total: z.int() })
export type OwedList = z.infer<typeof owedListSchema>
export type Owed = OwedList['owed'][number]

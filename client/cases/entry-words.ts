import type { CaseEntry } from '../../geodata/hazards/case.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { isAction, type Labels } from './labels.ts'

/** Their actions are no actions of cases, though one is called as one is. */
const OTHERWISE: readonly CaseEntry['kind'][] = ['imported', 'whistle-answer', 'division']

/** What an entry of a history is called. */
export function useEntryWords(labels: Labels): (entry: CaseEntry) => string {
  const { t } = useTexts()
  return ({ kind, action }) =>
    action !== null && isAction(action) && !OTHERWISE.includes(kind)
      ? labels.action(action)
      : t(`cases.kind.${kind}`)
}

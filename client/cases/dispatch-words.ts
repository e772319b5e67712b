import { readDispatchEntry } from '../../geodata/dispatch/read-entry.ts'
import type { CaseEntry } from '../../geodata/hazards/case.schema.ts'
import { useTexts } from '../ui/i18n.ts'

/** What an entry of whistles or the hotline says, in words; empty for others. */
export function useDispatchWords(): (entry: CaseEntry) => string {
  const { t } = useTexts()
  return (entry) =>
    readDispatchEntry(entry)
      .map(({ code, values: { departments = [], ...values } }) =>
        t(`cases.said.${code}`, { ...values, departments: departments.join(t('cases.comma')) }),
      )
      .join(' · ')
}

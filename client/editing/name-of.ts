import type { StoredInput } from '../../geodata/editing/draft.ts'
import type { FeatureRef } from './working-set.ts'

/** What to call a feature in a list: its name or title, its code, else its number; empty for a new one without any. */
export function nameOf(input: StoredInput | null | undefined, { id }: FeatureRef): string {
  for (const property of ['name', 'title', 'address', 'code']) {
    const value = input?.properties[property]
    if (typeof value === 'string' && value !== '') return value
  }
  return id > 0 ? `#${id}` : ''
}

import type { StoredInput } from '../../geodata/editing/draft.ts'
import { fillTemplate, templatesOf } from '../../geodata/editing/templates.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Language } from '../ui/i18n.ts'

/** What a new feature starts with: of the template named, else of the layer's first. */
export function newProperties(
  layer: LayerId,
  template: string | undefined,
  language: Language,
  now: Date,
): Record<string, unknown> {
  const known = templatesOf(layer)
  const chosen = known.find(({ id }) => id === template) ?? known[0]
  return chosen ? fillTemplate(chosen, { language, reportedAt: now.toISOString() }) : {}
}

/** A part that was cut off starts as what it was cut from; its name is told apart and it has no code yet. */
export function partProperties(source: StoredInput): Record<string, unknown> {
  const { code: _, ...properties } = source.properties
  const name = String(properties.name ?? '')
  return { ...properties, name: `${name.slice(0, MOST_NAME)} 2`.trim() }
}
const MOST_NAME = 110

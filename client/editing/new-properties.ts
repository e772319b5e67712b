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

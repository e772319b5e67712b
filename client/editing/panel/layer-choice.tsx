import { Select } from '@mantine/core'
import { templatesOf } from '../../../geodata/editing/templates.ts'
import { isLayerId, LAYERS } from '../../../geodata/layers.ts'
import { LAYER_IDS } from '../../../geodata/shared/layer.ts'
import { type Language, useTexts } from '../../ui/i18n.ts'
import type { EditState, Session } from '../session.ts'

interface LayerChoiceProps {
  session: Session
  state: EditState
  lang: Language
}

const DRAWING = new Set(['point', 'line', 'polygon', 'rectangle'])

/** The layer at hand and, while drawing, the kind of thing that is drawn. */
export function LayerChoice({ session, state, lang }: LayerChoiceProps) {
  const { t } = useTexts()
  const templates = templatesOf(state.layer)
  return (
    <div className="gw-edit-layer">
      <Select
        size="xs"
        label={t('editing.layer')}
        allowDeselect={false}
        value={state.layer}
        data={LAYER_IDS.map((layer) => ({ value: layer, label: LAYERS[layer].title[lang] }))}
        onChange={(layer) => layer && isLayerId(layer) && session.setLayer(layer)}
        data-testid="edit-layer"
      />
      {DRAWING.has(state.mode) && templates.length > 1 && (
        <Select
          size="xs"
          label={t('editing.template')}
          allowDeselect={false}
          searchable
          value={state.template ?? templates[0]?.id ?? null}
          data={templates.map((template) => ({ value: template.id, label: template[lang] }))}
          onChange={(id) => id && session.setTemplate(id)}
          data-testid="edit-template"
        />
      )}
    </div>
  )
}

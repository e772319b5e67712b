import type { ChoiceName } from '../../geodata/lists/choices.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { choiceProperty } from '../app/filters.ts'
import type { useTexts } from '../ui/i18n.ts'
import { fieldLabel, optionText } from '../ui/words/property-words.ts'

type Texts = ReturnType<typeof useTexts>

/** A value of a layer's kind, state or severity in words; a value that no catalogue knows stays as it is. */
export const valueLabel = (layer: LayerId, choice: ChoiceName, value: string, texts: Texts): string =>
  optionText(layer, choiceProperty(layer, choice) ?? choice, value, texts)

/** What a choice is called in this layer: the state of a checkpoint is its risk. */
export const choiceLabel = (layer: LayerId, choice: ChoiceName, texts: Texts): string =>
  fieldLabel(choiceProperty(layer, choice) ?? choice, texts)

import { NativeSelect } from '@mantine/core'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { useTexts } from '../../ui/i18n.ts'
import { categoryText, fieldLabel, optionText } from '../../ui/words/property-words.ts'
import type { Field } from './fields.ts'

interface ChoiceFieldProps {
  layer: LayerId
  field: Field
  /** Undefined: nothing is chosen yet, for which `placeholder` stands. */
  value: string | undefined
  placeholder: string
  disabled: boolean
  /** Undefined: the placeholder was chosen again. */
  onChoose(value: string | undefined): void
}

/** One of a set: an enum, yes or no, a hazard's category. */
export function ChoiceField({ layer, field, value, placeholder, disabled, onChoose }: ChoiceFieldProps) {
  const texts = useTexts()
  const { t } = texts
  const options = optionsOf(field).map((option) => ({
    value: option,
    label:
      field.kind === 'yes-no'
        ? option === 'true'
          ? t('facts.yes')
          : t('facts.no')
        : field.kind === 'category'
          ? categoryText(option, texts)
          : optionText(layer, field.name, option, texts),
  }))
  // A value that the catalogue does not know is shown and kept.
  const unknown = value !== undefined && !options.some((option) => option.value === value)
  return (
    <NativeSelect
      label={fieldLabel(field.name, texts)}
      size="xs"
      disabled={disabled}
      className={field.kind === 'category' ? 'gw-form-wide' : undefined}
      data-testid={`field-${field.name}`}
      value={value ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
      data={[
        ...(value === undefined || placeholder !== '' ? [{ value: '', label: placeholder }] : []),
        ...(unknown ? [{ value, label: value }] : []),
        ...options,
      ]}
    />
  )
}

const optionsOf = ({ kind, options }: Field): string[] => {
  if (kind === 'yes-no') return ['true', 'false']
  return kind === 'category' ? HAZARD_CATEGORIES.map(({ code }) => code) : options
}

/** All that a category's code sets with it. */
export function categoryPatch(code: string): Record<string, unknown> {
  const found = HAZARD_CATEGORIES.find((category) => category.code === code)
  return found
    ? { categoryStandard: found.standard, categoryKind: found.kind, categoryCode: code }
    : { categoryCode: code }
}

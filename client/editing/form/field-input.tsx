import type { LayerId } from '../../../geodata/shared/layer.ts'
import { useTexts } from '../../ui/i18n.ts'
import { valueText } from '../../ui/words/property-words.ts'
import { ChoiceField, categoryPatch } from './choice-field.tsx'
import type { Field } from './fields.ts'
import { type Entry, readEntry } from './read-entry.ts'
import { TextField } from './text-field.tsx'
import { type TimeWindow, WindowsField } from './windows-field.tsx'
import { type Works, WorksField } from './works-field.tsx'

interface FieldInputProps {
  layer: LayerId
  field: Field
  value: unknown
  /** Stands for a value that is not set; for a text the placeholder. */
  unset?: string | undefined
  disabled: boolean
  /** How typed text is read; by the layer's schema unless told otherwise. */
  read?: (typed: string) => Entry
  /** Properties to change; undefined values are left out of the feature. */
  onPatch(patch: Record<string, unknown>): void
  /** The entry was taken out again. */
  onUnset?: () => void
}

export function FieldInput(props: FieldInputProps) {
  const { layer, field, value, unset, disabled, onPatch, onUnset } = props
  const texts = useTexts()
  const { t, lang } = texts
  const { name, kind } = field
  const put = (next: unknown) => onPatch({ [name]: next })
  if (kind === 'windows')
    return (
      <WindowsField
        name={name}
        value={Array.isArray(value) ? (value as TimeWindow[]) : []}
        empty={unset ?? t('form.allDay')}
        disabled={disabled}
        onCommit={put}
      />
    )
  if (kind === 'works')
    return (
      <WorksField
        name={name}
        value={(value ?? null) as Works | null}
        empty={unset ?? '—'}
        disabled={disabled}
        onCommit={put}
      />
    )
  if (kind === 'choice' || kind === 'category' || kind === 'yes-no')
    return (
      <ChoiceField
        layer={layer}
        field={field}
        value={value === undefined || value === null ? undefined : String(value)}
        placeholder={unset ?? (value === undefined || value === null ? t('form.choose') : '')}
        disabled={disabled}
        onChoose={(next) => {
          if (next === undefined) onUnset?.()
          else if (kind === 'category') onPatch(categoryPatch(next))
          else put(kind === 'yes-no' ? next === 'true' : next)
        }}
      />
    )
  const hint =
    name.endsWith('Minutes') && typeof value === 'number' && value >= 60
      ? `= ${valueText(layer, name, value, { ...texts, lang })}`
      : undefined
  return (
    <TextField
      field={field}
      shown={
        kind === 'instant' ? localTime(value) : value === null || value === undefined ? '' : String(value)
      }
      placeholder={unset ?? (field.nullable ? t('form.unknown') : '')}
      hint={field.generated && unset === undefined ? t('form.generatedHint') : hint}
      disabled={disabled}
      read={props.read ?? ((typed) => readEntry(layer, field, typed))}
      onCommit={put}
    />
  )
}

/** An instant as the input of date and time wants it, in the viewer's time zone. */
function localTime(value: unknown): string {
  if (typeof value !== 'string') return ''
  const time = new Date(value)
  if (Number.isNaN(time.getTime())) return ''
  const two = (part: number) => String(part).padStart(2, '0')
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}:${two(time.getMinutes())}`
}

import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import type { WallLayoutInput } from '../../../geodata/walls/layout.schema.ts'
import { useTexts } from '../../ui/i18n.ts'

type Night = WallLayoutInput['night']
const USUAL: NonNullable<Night> = { from: '22:00', to: '06:30', brightness: 0.5 }
const LEAST_PER_CENT = 10

/** When the wall is dimmed, and how far. */
export function NightFields({ value, onChange }: { value: Night; onChange(next: Night): void }) {
  const { t } = useTexts()
  return (
    <fieldset className="gw-walls-part">
      <legend>{t('walls.night')}</legend>
      <Checkbox
        label={t('walls.night')}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? USUAL : null)}
      />
      {value && (
        <>
          <TextInput
            type="time"
            label={t('walls.nightFrom')}
            value={value.from}
            onChange={(event) => onChange({ ...value, from: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t('walls.nightTo')}
            value={value.to}
            onChange={(event) => onChange({ ...value, to: event.currentTarget.value })}
          />
          <NumberInput
            label={t('walls.brightness')}
            value={Math.round(value.brightness * 100)}
            min={LEAST_PER_CENT}
            max={100}
            step={10}
            onChange={(next) => typeof next === 'number' && onChange({ ...value, brightness: next / 100 })}
          />
        </>
      )}
    </fieldset>
  )
}

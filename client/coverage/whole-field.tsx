import { NumberInput } from '@mantine/core'

interface WholeFieldProps {
  label: string
  value: number | null
  least: number
  most: number
  /** What an empty field means; left out: it may not be empty. */
  none?: string
  error?: string | undefined
  onChange(next: number | null): void
  testId?: string
}

/** A whole number in bounds; what is not one leaves the last in place. */
export function WholeField({ label, value, least, most, none, error, onChange, testId }: WholeFieldProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      value={value ?? ''}
      min={least}
      max={most}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="blur"
      placeholder={none}
      error={error}
      onChange={(next) => {
        if (typeof next === 'number') onChange(Math.min(most, Math.max(least, Math.round(next))))
        else if (none !== undefined) onChange(null)
      }}
      data-testid={testId}
    />
  )
}

import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { formatMinutes } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { readMinutes } from './read-minutes.ts'

interface MinutesFieldProps {
  label: string
  minutes: number
  least: number
  most: number
  /** It differs from what is stored. */
  changed: boolean
  testId: string
  onChange(minutes: number): void
}

/** A span of time. What is typed is taken when the field is left or Enter pressed; Escape brings back what it was. */
export function MinutesField({ label, minutes, least, most, changed, testId, onChange }: MinutesFieldProps) {
  const { t, lang } = useTexts()
  const shown = formatMinutes(minutes, lang)
  const [typed, setTyped] = useState(shown)
  const [wrong, setWrong] = useState(false)
  useEffect(() => {
    setTyped(shown)
    setWrong(false)
  }, [shown])
  const read = readMinutes(typed, least, most)
  function take() {
    setWrong(read === undefined)
    if (read === undefined) return
    setTyped(formatMinutes(read, lang))
    if (read !== minutes) onChange(read)
  }
  return (
    <TextInput
      size="xs"
      label={label}
      value={typed}
      data-changed={changed || undefined}
      error={
        wrong && t('norms.wrong', { least: formatMinutes(least, lang), most: formatMinutes(most, lang) })
      }
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          take()
        }
        if (event.key !== 'Escape' || typed === shown) return
        event.stopPropagation()
        setTyped(shown)
        setWrong(false)
      }}
      data-testid={testId}
    />
  )
}

import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatCoordinates } from '../../../geodata/crs/format-coordinates.ts'
import { parseCoordinates } from '../../../geodata/crs/parse-coordinates.ts'
import { useCrsChoice } from '../../ui/crs-choice.ts'
import { CrsSelect } from '../../ui/crs-select.tsx'
import { useTexts } from '../../ui/i18n.ts'
import type { EditState, Session } from '../session.ts'

/** A place typed in any system: the next point of a sketch, or where the chosen vertex or shape goes. */
export function CoordinateEntry({ session, state }: { session: Session; state: EditState }) {
  const { t, lang } = useTexts()
  const [crs, chooseCrs] = useCrsChoice()
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const { handle } = session.bench
  const example = formatCoordinates(crs, handle.visibleCentre())

  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() === '') return session.mode().finish?.()
    const read = parseCoordinates(text, crs)
    if (!read.ok) return setError(read.message[lang])
    setError(undefined)
    setText('')
    session.mode().place?.(read.lngLat)
    if (!handle.map.getBounds().contains(read.lngLat)) handle.map.setCenter(read.lngLat)
  }
  return (
    <form className="gw-edit-entry" onSubmit={submit}>
      <CrsSelect
        value={crs}
        onChange={chooseCrs}
        label={t('editing.crs')}
        near={state.vertex?.at ?? handle.visibleCentre()}
      />
      <TextInput
        size="xs"
        label={t('editing.place')}
        description={t('editing.placeHint')}
        placeholder={example ?? ''}
        value={text}
        error={error}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="edit-place"
        rightSectionWidth={52}
        rightSection={
          <Button type="submit" size="compact-xs" variant="default">
            {t('editing.set')}
          </Button>
        }
      />
    </form>
  )
}

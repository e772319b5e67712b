import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { findCrs } from '../../geodata/crs/crs-list.ts'
import { parseCoordinates } from '../../geodata/crs/parse-coordinates.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { useCrsChoice } from '../ui/crs-choice.ts'
import { CrsSelect } from '../ui/crs-select.tsx'
import { useTexts } from '../ui/i18n.ts'

interface CoordinateEntryProps {
  near: LngLat
  action: string
  onPlace(lngLat: LngLat): void
  /** Hears where the text lies while it is typed. */
  onTyped?(lngLat: LngLat | undefined): void
  children?: ReactNode
}

/** A place typed or pasted in any system. Numbers of another system than the chosen one are told, and it is offered. */
export function CoordinateEntry({ near, action, onPlace, onTyped, children }: CoordinateEntryProps) {
  const { t, lang } = useTexts()
  const [text, setText] = useState('')
  const [crsId, choose] = useCrsChoice()
  const read = text.trim() === '' ? undefined : parseCoordinates(text, crsId)
  const problem = read && !read.ok ? read : undefined
  const suggested = problem?.suggestedCrsId ? findCrs(problem.suggestedCrsId) : undefined
  const crs = findCrs(crsId)!
  const tell = (nextText: string, nextCrs: string) => {
    const next = nextText.trim() === '' ? undefined : parseCoordinates(nextText, nextCrs)
    onTyped?.(next?.ok ? next.lngLat : undefined)
  }
  const chooseCrs = (id: string) => {
    choose(id)
    tell(text, id)
  }
  return (
    <form
      className="gw-coordinates"
      onSubmit={(event) => {
        event.preventDefault()
        if (!read?.ok) return
        onPlace(read.lngLat)
        setText('')
        onTyped?.(undefined)
      }}
    >
      <TextInput
        size="xs"
        label={t('measuring.coordinates')}
        placeholder={crs.axisNames[lang].join(', ')}
        value={text}
        error={problem?.message[lang]}
        onChange={(event) => {
          setText(event.currentTarget.value)
          tell(event.currentTarget.value, crsId)
        }}
        data-testid="coordinates"
      />
      {suggested && (
        <Button size="compact-sm" variant="default" onClick={() => chooseCrs(suggested.id)}>
          {t('measuring.useCrs', { name: suggested[lang] })}
        </Button>
      )}
      <CrsSelect label={t('measuring.crs')} hideLabel near={near} value={crsId} onChange={chooseCrs} />
      {crs.obfuscated && <p className="gw-hint">{t('measuring.obfuscated')}</p>}
      {children}
      <Button size="compact-sm" type="submit" disabled={!read?.ok}>
        {action}
      </Button>
    </form>
  )
}

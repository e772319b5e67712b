import type { LatestEvent } from '../../geodata/history/history.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { formatTime } from '../ui/format.ts'
import type { useTexts } from '../ui/i18n.ts'

type Texts = ReturnType<typeof useTexts>

/** `11-21 14:05:33`: edits often follow each other within a minute. */
export function formatMoment(iso: string): string {
  return `${formatTime(iso)}:${String(new Date(iso).getSeconds()).padStart(2, '0')}`
}

/**
 * The moments just before each change, newest first: with “now” they give every state that was. Changes that were made together have
 * one time. What a change made is in force from its time on, so a millisecond before it nothing of it is.
 */
export function momentsBefore(
  events: readonly LatestEvent[],
  texts: Texts,
): { iso: string; label: string }[] {
  const { t, lang } = texts
  const groups = new Map<string, LatestEvent[]>()
  for (const event of events) {
    if (event.kind === 'note') continue
    const group = groups.get(event.at)
    if (group) group.push(event)
    else groups.set(event.at, [event])
  }
  return [...groups].map(([at, group]) => {
    const [first] = group
    const name =
      first!.kind === 'import'
        ? t('comparing.import', { layer: LAYERS[first!.layer].title[lang] })
        : (first!.name ?? LAYERS[first!.layer].noun[lang])
    const what = group.length > 1 ? t('comparing.and', { name, count: group.length }) : name
    return {
      iso: new Date(Date.parse(at) - 1).toISOString(),
      label: t('comparing.before', { time: formatMoment(at), what }),
    }
  })
}

/** For a field of type datetime-local: the viewer's wall clock. */
export function toLocalField(iso: string): string {
  const date = new Date(iso)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** ISO; undefined for a field that is not filled in or before 1970. */
export function fromLocalField(text: string): string | undefined {
  const time = Date.parse(text)
  return time >= 0 ? new Date(time).toISOString() : undefined
}

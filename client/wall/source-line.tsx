import { useLayoutEffect, useRef, useState } from 'react'
import { SOURCES, type SourceId } from '../../geodata/walls/source.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { formatAge, formatMomentBriefly } from './format.ts'
import type { JudgedSource } from './watchdog.ts'

/** As fresh as their last sign of life, whose time stands beside the clock. */
const IS_ITS_OWN_DATA: ReadonlySet<SourceId> = new Set(['server', 'database'])
const WORST_FIRST = ['band', 'grey', 'unknown', 'fresh', 'idle'] as const

/** Where the picture comes from: the last sign of life and the newest data of each source, what is late first; the others are counted. */
export function SourceLine({
  sources,
  nowMs,
  reviewNumber,
}: {
  sources: readonly JudgedSource[]
  nowMs: number
  reviewNumber: string | null | undefined
}) {
  const { t, lang } = useTexts()
  const list = useRef<HTMLUListElement>(null)
  const [left, setLeft] = useState(0)
  // What they say changes its length with the time.
  useLayoutEffect(() => {
    const bottom = list.current!.getBoundingClientRect().bottom
    setLeft([...list.current!.children].filter((each) => each.getBoundingClientRect().top >= bottom).length)
  })
  const said = ({ id, state, heartbeatAt, dataAt }: JudgedSource): string => {
    const source = t(`wall.source.${id}`)
    if (state === 'unknown')
      return heartbeatAt === null ? t('wall.sourceNever', { source }) : t('wall.sourceUnknown', { source })
    if (state === 'idle') return t('wall.sourceIdle', { source })
    const time = !IS_ITS_OWN_DATA.has(id) && dataAt && formatMomentBriefly(Date.parse(dataAt), nowMs)
    if (state !== 'fresh' && heartbeatAt) {
      const since = t('wall.sourceSince', { source, age: formatAge(nowMs - Date.parse(heartbeatAt), lang) })
      return time ? `${since} · ${t('wall.sourceData', { time })}` : since
    }
    return time ? `${source} ${time}` : source
  }
  const sorted = [...sources].sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))
  return (
    <section className="gw-wall-sources" aria-label={t('wall.sources')}>
      {reviewNumber && <span className="gw-wall-review">{t('wall.review', { number: reviewNumber })}</span>}
      <ul ref={list}>
        {sorted.map((source) => (
          <li
            key={source.id}
            title={SOURCES[source.id][lang]}
            data-state={source.state}
            data-testid={`wall-source-${source.id}`}
          >
            <i aria-hidden="true" />
            {said(source)}
          </li>
        ))}
      </ul>
      {left > 0 && (
        <span role="img" aria-label={t('wall.moreSources', { count: left })} data-testid="wall-sources-more">
          +{left}
        </span>
      )}
    </section>
  )
}

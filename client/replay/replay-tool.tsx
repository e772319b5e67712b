import './replay.css'
import { ActionIcon, Button, Loader, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconHistoryToggle } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { ApiError } from '../api/request.ts'
import type { ToolProps } from '../map/tool.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { useEscape } from '../ui/use-escape.ts'
import { useHazardReplay } from '../ui/use-hazard-replay.ts'
import { Player } from './player.tsx'
import { isoSecond, periodOf, readReplay, SPANS, type Span, writeReplay } from './replay-state.ts'
import { periodWords } from './replay-words.ts'
import { texts } from './texts.ts'
import { useBarHeight } from './use-bar-height.ts'

addTexts(texts)

/** Hazards as they stood at any moment of a day, a week or a month. */
export default function ReplayTool({ map, scheme, lang, state: link, setState, select, close }: ToolProps) {
  const { t } = useTexts()
  const { span, moment } = useMemo(() => readReplay(link), [link])
  // Opened without a moment it ends now, and stays there however long it is looked at.
  const [opened] = useState(() => new Date())
  const at = useMemo(() => (moment ? new Date(moment) : opened), [moment, opened])
  const { from, to } = periodOf(span, at)
  const begins = from.getTime()
  const upToNow = (end: Date) => Math.min(end.getTime(), opened.getTime())
  const [box, setBox] = useState<Bbox>()
  const period = { from: isoSecond(begins), to: isoSecond(upToNow(to)) }
  const { replay, error, retry } = useHazardReplay(period, box)
  const bar = useRef<HTMLElement>(null)
  useBarHeight(bar)
  useEscape(close)

  const go = (shift: number) => {
    const next = periodOf(span, at, shift)
    // The last second of the period: its end is the next one’s.
    setState(writeReplay({ span, moment: isoSecond(upToNow(next.to) - 1000) }))
  }
  const keep = useCallback(
    (second: number) => setState(writeReplay({ span, moment: isoSecond(begins + second * 1000) })),
    [setState, span, begins],
  )
  // Whoever opened it with keys goes on with keys.
  useEffect(() => bar.current?.focus(), [])
  const named = t(`replay.spans.${span}`)
  const isTooMuch = error instanceof ApiError && error.code === 'too-large'
  return (
    <>
      <div className="gw-replay-frame" aria-hidden="true" />
      <section
        ref={bar}
        className="gw-replay"
        aria-label={t('tool.replay')}
        tabIndex={-1}
        data-testid="replay"
      >
        <header className="gw-replay-head">
          <b className="gw-replay-tag">
            <IconHistoryToggle size={16} aria-hidden="true" /> {t('replay.notLive')}
          </b>
          <span className="gw-replay-period">
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t('replay.earlier', { span: named })}
              onClick={() => go(-1)}
              data-testid="replay-earlier"
            >
              <IconChevronLeft size={18} />
            </ActionIcon>
            <span data-testid="replay-period">{periodWords(span, from, lang)}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t('replay.later', { span: named })}
              disabled={to > opened}
              onClick={() => go(1)}
              data-testid="replay-later"
            >
              <IconChevronRight size={18} />
            </ActionIcon>
          </span>
          <SegmentedControl
            size="xs"
            aria-label={t('replay.span')}
            value={span}
            onChange={(next) => setState(writeReplay({ span: next as Span, moment }))}
            data={SPANS.map((value) => ({ value, label: t(`replay.spans.${value}`) }))}
          />
          {box && (
            <Button size="compact-xs" variant="default" onClick={() => setBox(undefined)}>
              {t('replay.viewOnly')} · {t('replay.whole')}
            </Button>
          )}
          <Button size="compact-sm" className="gw-replay-live" onClick={close} data-testid="replay-live">
            {t('replay.backToLive')}
          </Button>
        </header>
        {error ? (
          <div role="alert" className="gw-tool-error">
            <ProblemText error={error} />{' '}
            {isTooMuch && (
              <Button size="compact-xs" variant="default" onClick={() => setBox(map.visibleBox())}>
                {t('replay.onlyView')}
              </Button>
            )}
            <Button size="compact-xs" variant="default" onClick={retry}>
              {t('error.retry')}
            </Button>
          </div>
        ) : replay ? (
          <Player
            // Another period is another line of time.
            key={`${replay.from} ${replay.to} ${box?.join()}`}
            replay={replay}
            span={span}
            start={moment ? (at.getTime() - begins) / 1000 : undefined}
            map={map}
            scheme={scheme}
            keep={keep}
            select={select}
          />
        ) : (
          <p className="gw-hint" role="status">
            <Loader size={12} /> {t('replay.loading')}
          </p>
        )}
      </section>
    </>
  )
}

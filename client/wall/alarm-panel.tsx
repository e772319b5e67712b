import type { ReactNode } from 'react'
import type { Alarm, AlarmGroup, AlarmList } from '../../geodata/walls/alarm.schema.ts'
import type { WallHazard, WallPicture } from '../../geodata/walls/picture.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { AlarmRow } from './alarm-row.tsx'
import { fitRows, footLines, type Rows } from './fit-rows.ts'
import { Quiet } from './quiet.tsx'
import { type Choice, groupKey } from './use-choice.ts'
import { HANDHELD, useMedia } from './use-media.ts'
import { useRoom } from './use-room.ts'

interface AlarmPanelProps {
  list: AlarmList
  /** For when there is none. */
  lastAnswer: WallPicture['lastAnswer']
  /** Of the open hazards, the one whose deadline comes next. */
  next: WallHazard | undefined
  choice: Choice
  nowMs: number
  typePixels: number
  /** Keys of alarms that came a moment ago. */
  fresh: ReadonlySet<string>
  /** What may be done with the chosen one; undefined: nobody here may answer. */
  answers: ReactNode
}

const ALL_ROWS: Rows = { columns: 1, lines: 3, hasDeadline: true, count: Number.POSITIVE_INFINITY }

/** What needs an answer, the worst first; in a flood by grid. As many as fit, and the number of the others. */
export function AlarmPanel(props: AlarmPanelProps) {
  const { list, lastAnswer, next, choice, nowMs, typePixels, fresh, answers } = props
  const { t } = useTexts()
  const room = useRoom<HTMLDivElement>(typePixels)
  const { at, width, height } = useRoom<HTMLUListElement>(typePixels)
  const isHandheld = useMedia(HANDHELD)
  const { alarms, groups, listing, chosen } = choice
  const length = groups?.length ?? alarms.length
  const rows = isHandheld ? ALL_ROWS : fitRows(width, height, groups !== undefined, length)
  const { counts } = list
  // All of those that are listed, however many came with the picture.
  const all = listing.kind === 'all' && !groups ? counts.total : length
  return (
    <section className="gw-wall-alarms" data-testid="wall-alarms" aria-label={t('wall.alarms')}>
      <Head list={list} choice={choice} />
      {list.flood && groups && (
        <p className="gw-wall-flood" data-testid="wall-flood">
          {t('wall.flood', { count: list.flood.count })}
        </p>
      )}
      <div className="gw-wall-listing" ref={room.at}>
        <ul ref={at} style={{ gridTemplateColumns: `repeat(${rows.columns}, minmax(0, 1fr))` }}>
          {groups
            ? fitting(groups, groupKey, rows.count, choice.key).map((group) => (
                <GroupRow
                  key={groupKey(group)}
                  group={group}
                  isChosen={groupKey(group) === choice.key}
                  onOpen={() => choice.list({ kind: 'grid', gridCode: group.gridCode })}
                />
              ))
            : fitting(alarms, keyOf, rows.count, choice.key).map((alarm) => (
                <AlarmRow
                  key={alarm.key}
                  alarm={alarm}
                  nowMs={nowMs}
                  rows={rows}
                  isFresh={fresh.has(alarm.key)}
                  isChosen={chosen === alarm}
                  onChoose={() => choice.choose(chosen === alarm ? undefined : alarm.key)}
                />
              ))}
          {counts.total === 0 && length === 0 && <Quiet last={lastAnswer} next={next} nowMs={nowMs} />}
        </ul>
        <Foot
          list={list}
          choice={choice}
          left={Math.max(0, all - Math.min(rows.count, length))}
          lines={isHandheld ? undefined : footLines(room.height)}
        />
      </div>
      {answers}
    </section>
  )
}

const keyOf = ({ key }: Alarm): string => key

/** The first that fit, or those up to the chosen one, which is always seen. */
function fitting<T>(
  all: readonly T[],
  key: (one: T) => string,
  count: number,
  chosen: string | undefined,
): readonly T[] {
  const place = all.findIndex((one) => key(one) === chosen)
  const from = place < count ? 0 : place - count + 1
  return all.slice(from, from + count)
}

/** What is listed, how many of all need an answer, and the way back. */
function Head({ list: { counts, shelved }, choice }: { list: AlarmList; choice: Choice }) {
  const { t } = useTexts()
  const { listing, alarms } = choice
  const unanswered = (
    <b data-tone={counts.unanswered > 0 ? 'critical' : undefined}>
      {t('wall.alarmsUnanswered', { count: counts.unanswered })}
    </b>
  )
  if (listing.kind === 'all')
    return (
      <h2>
        <span>{t('wall.alarms')}</span>
        {unanswered}
        <span className="gw-wall-quiet">{t('wall.alarmsTotal', { count: counts.total })}</span>
      </h2>
    )
  const name = alarms[0]?.gridName ?? t('wall.noGrid')
  return (
    <h2>
      <span>
        {listing.kind === 'shelved'
          ? t('wall.shelved', { count: shelved.length })
          : t('wall.worstOne', { name, count: alarms.length })}
      </span>
      <button type="button" onClick={() => choice.list({ kind: 'all' })} data-testid="wall-all">
        {t('wall.allAlarms')} <kbd>Esc</kbd>
      </button>
      {unanswered}
    </h2>
  )
}

interface FootProps {
  list: AlarmList
  choice: Choice
  /** How many have no room. */
  left: number
  /** For how many there is room; undefined: for all. */
  lines: number | undefined
}

function Foot({ list: { rate, counts, groups }, choice, left, lines }: FootProps) {
  const { t } = useTexts()
  const isGrouped = choice.groups !== undefined
  return (
    <p
      className="gw-wall-foot"
      data-testid="wall-alarms-foot"
      style={lines === undefined ? undefined : { maxHeight: `${lines * 1.3}rem` }}
    >
      {left > 0 && (
        <b>{isGrouped ? t('wall.moreGroups', { count: left }) : t('wall.moreAlarms', { count: left })}</b>
      )}
      <span data-off={rate.lastTenMinutes > rate.target || undefined}>
        {t('wall.rate', { count: rate.lastTenMinutes, target: rate.target })}
      </span>
      {counts.stale > 0 && <span>{t('wall.staleAlarms', { count: counts.stale })}</span>}
      {counts.shelved > 0 && choice.listing.kind !== 'shelved' && (
        <button type="button" onClick={() => choice.list({ kind: 'shelved' })} data-testid="wall-shelf">
          {t('wall.shelved', { count: counts.shelved })}
        </button>
      )}
      {!isGrouped && groups.length > 1 && <WorstGroups groups={groups} />}
    </p>
  )
}

interface GroupRowProps {
  group: AlarmGroup
  isChosen: boolean
  onOpen(): void
}

function GroupRow({ group, isChosen, onOpen }: GroupRowProps) {
  const { t } = useTexts()
  const { gridName, count, unanswered, level } = group
  return (
    <li>
      <button
        type="button"
        className="gw-wall-group"
        data-tone={unanswered > 0 && level <= 2 ? 'critical' : undefined}
        data-chosen={isChosen || undefined}
        onClick={onOpen}
        data-testid="wall-group"
      >
        <b>{gridName ?? t('wall.noGrid')}</b>
        <span>{t('wall.group', { count, unanswered })}</span>
      </button>
    </li>
  )
}

const MOST_WORST = 3

/** Each for itself, so that none is cut: those that have no room are not seen. */
function WorstGroups({ groups }: { groups: readonly AlarmGroup[] }) {
  const { t } = useTexts()
  return groups.slice(0, MOST_WORST).map(({ gridCode, gridName, count }, place) => {
    const one = t('wall.worstOne', { name: gridName ?? t('wall.noGrid'), count })
    return <span key={gridCode}>{place === 0 ? t('wall.worst', { list: one }) : one}</span>
  })
}

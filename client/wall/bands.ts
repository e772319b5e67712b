import type { TFunction } from 'i18next'
import { SOURCES } from '../../geodata/walls/source.schema.ts'
import { ApiError } from '../api/request.ts'
import type { Language } from '../ui/i18n.ts'
import { formatAge, formatClockSeconds } from './format.ts'
import type { WallKnown } from './wall-store.ts'
import type { Judgement } from './watchdog.ts'

export interface Band {
  id: string
  /** What is wrong. */
  said: string
  /** Since when, and what follows. */
  more: string
}

/**
 * What cannot be trusted any more, the worst first. A server that is silent says nothing of its database and its sources,
 * so they are not told of then.
 */
export function bandsOf(
  judgement: Judgement,
  known: WallKnown,
  { runningMs, isOnline }: { runningMs: number; isOnline: boolean },
  { t, lang }: { t: TFunction; lang: Language },
): Band[] {
  const { link, picture, sources, nowMs } = judgement
  const follows = [t('wall.band.blind'), t('wall.band.healing')]
  const after = (sinceMs: number | undefined, ...more: string[]) =>
    [
      sinceMs === undefined || nowMs === undefined
        ? t('wall.band.never')
        : t('wall.band.since', { time: formatClockSeconds(sinceMs), age: formatAge(nowMs - sinceMs, lang) }),
      ...more,
    ].join(' · ')
  /** The server's time at a moment of the running clock. */
  const serverAt = (atMs: number | undefined) =>
    atMs === undefined || nowMs === undefined ? undefined : nowMs - (runningMs - atMs)
  const database = sources.find(({ id }) => id === 'database')
  const stopped = (): Band[] => [
    {
      id: 'database',
      said: t('wall.band.database'),
      more: after(timeOf(database?.heartbeatAt ?? null), ...follows),
    },
  ]
  if (link === 'band' && isOnline && isBehindServer(known, picture)) return stopped()
  if (link === 'band') {
    const isDoubt = known.jump !== undefined && known.jump.atMs > (known.beatHeard?.runningMs ?? 0)
    const said = !isOnline
      ? t('wall.band.network')
      : isAnswered(known)
        ? t('wall.band.stream')
        : t('wall.band.server')
    const slept = isDoubt && known.jump ? known.jump.byMs : 0
    // While it slept the running clock may have stood still.
    const since = serverAt(known.beatHeard?.runningMs)
    return [
      {
        id: 'link',
        said,
        more: after(
          since,
          ...(slept > 0 ? [t('wall.band.asleep', { span: formatAge(slept, lang) })] : []),
          ...follows,
        ),
      },
    ]
  }
  if (database?.state === 'band') return stopped()
  if (picture === 'band')
    return [
      {
        id: 'picture',
        said: t('wall.band.picture'),
        more: after(serverAt(known.pictureHeard?.runningMs), ...follows),
      },
    ]
  return sources
    .filter(({ state }) => state === 'band')
    .map(({ id, heartbeatAt }) => ({
      id,
      said: t('wall.band.source', { source: SOURCES[id][lang] }),
      more: after(timeOf(heartbeatAt)),
    }))
}

/**
 * Without its database the server opens no stream, so there are no beats that say so: it refuses the picture for that
 * reason, or lets it wait while it answers what needs no database.
 */
function isBehindServer({ failure, isServerUp }: WallKnown, picture: Judgement['picture']): boolean {
  const isRefusal = failure instanceof ApiError && failure.status > 0
  return isRefusal ? failure.code === 'unavailable' : isServerUp && picture !== 'fresh'
}

/** The picture came after the last beat: the server answers, and only the stream is broken. */
const isAnswered = ({ failure, pictureHeard, beatHeard }: WallKnown): boolean =>
  failure === undefined &&
  pictureHeard !== undefined &&
  pictureHeard.runningMs > (beatHeard?.runningMs ?? Number.NEGATIVE_INFINITY)

const timeOf = (iso: string | null): number | undefined => (iso === null ? undefined : Date.parse(iso))

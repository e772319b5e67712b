import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Tracks } from '../../../geodata/walks/run.schema.ts'
import { getTracks } from '../../api/walks-review.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { TEAM_HUES } from '../../ui/tokens.ts'
import { usePlaying } from '../../ui/use-playing.ts'
import { hueOf } from '../planning/plan-symbols.ts'
import { teamWords } from '../planning/words.ts'
import { clockWords, headsAt, type Played, playWalks } from './play-walks.ts'
import { useTrips } from './use-trips.ts'
import { type Period, spanOf } from './walked-ask.ts'

interface PlayViewProps extends Pick<WorkPanelProps, 'map' | 'scheme'> {
  period: Period
  onLook(runId: number): void
}

const NONE: Tracks['walks'] = []
/** Clock seconds for each second that is looked at. */
const SPEEDS = [60, 300, 900]

/** All walks of a period over the time of day. */
export function PlayView({ period, map, scheme, onLook }: PlayViewProps) {
  const { t } = useTexts()
  const [{ from, to }] = useState(() => spanOf(period, new Date()))
  const tracks = useQuery({
    queryKey: ['patrols', 'tracks', from, to],
    queryFn: ({ signal }) => getTracks(from, to, signal),
  })
  const walks = tracks.data?.walks ?? NONE
  const teams = useMemo(() => [...new Set(walks.map(({ team }) => teamWords(team)))].sort(), [walks])
  const hues = TEAM_HUES[scheme]
  const played = useMemo(
    () => playWalks(walks, (team) => hues[hueOf(teams.indexOf(team))]!),
    [walks, teams, hues],
  )
  if (!tracks.data) return <LoadState error={tracks.error} onRetry={() => void tracks.refetch()} />
  return (
    <div className="gw-walked-run" data-testid="walked-play">
      <h3>{t('walked.all')}</h3>
      <p className="gw-hint">
        {t(period === 'today' || period === 'yesterday' ? 'walked.allDay' : 'walked.allDays')}
      </p>
      {tracks.data.isCut && (
        <p className="gw-hint" role="status">
          {t('walked.tracksCut', { count: walks.length })}
        </p>
      )}
      {played.trips.length > 0 ? (
        <Player played={played} map={map} scheme={scheme} />
      ) : (
        <p className="gw-hint" role="status">
          {t('walked.noTracks')}
        </p>
      )}
      <ul className="gw-walked-people gw-walked-teams">
        {walks.map(({ runId, person, team, begunAt, lines }) => (
          <li key={runId}>
            <button
              type="button"
              aria-label={t('walked.look', { person })}
              onClick={() => onLook(runId)}
              data-testid="walked-look"
            >
              <i style={{ background: hues[hueOf(teams.indexOf(teamWords(team)))] }} aria-hidden="true" />
              <b>{teamWords(team)}</b> {person}
              <small>
                {lines.length > 0
                  ? formatTime(begunAt)
                  : t('walked.untracked', { time: formatTime(begunAt) })}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Player({ played, map, scheme }: { played: Played } & Pick<PlayViewProps, 'map' | 'scheme'>) {
  const { t } = useTexts()
  const playing = usePlaying(played.from, played.to, 300)
  const { second, isPlaying, speed } = playing
  useTrips(map, played, second, scheme)
  const under = t('walked.underWay', { count: headsAt(played, second).length })
  const moment = clockWords(second)
  return (
    <div className="gw-walked-until">
      <div className="gw-walked-player">
        <ActionIcon
          size={32}
          aria-label={t(isPlaying ? 'walked.pause' : 'walked.play')}
          title={t(isPlaying ? 'walked.pause' : 'walked.play')}
          onClick={playing.toggle}
          data-testid="walked-toggle"
        >
          {isPlaying ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
        <SegmentedControl
          size="xs"
          aria-label={t('walked.speed')}
          value={String(speed)}
          onChange={(next) => playing.setSpeed(Number(next))}
          data={SPEEDS.map((value) => ({
            value: String(value),
            label: t('walked.speedOf', { minutes: value / 60 }),
          }))}
        />
      </div>
      <b data-testid="walked-clock">{moment}</b>
      <input
        type="range"
        min={played.from}
        max={played.to}
        step={60}
        value={second}
        aria-label={t('walked.timeOfDay')}
        aria-valuetext={`${moment}, ${under}`}
        onChange={(event) => playing.seek(Number(event.currentTarget.value))}
        data-testid="walked-time"
      />
      <small>{under}</small>
    </div>
  )
}

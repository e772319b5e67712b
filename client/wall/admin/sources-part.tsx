import { Button, NumberInput, Switch } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { BAND_INTERVALS, GREY_INTERVALS } from '../../../geodata/walls/freshness.ts'
import { SOURCES, type WallSourceRule } from '../../../geodata/walls/source.schema.ts'
import { ApiError } from '../../api/request.ts'
import { listSourceRules, putSourceRule } from '../../api/walls.ts'
import { formatMinutes } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'

const KEY = ['walls', 'sources']
const MOST_MINUTES = 31 * 24 * 60

/** How often each source is expected to say something: what is late turns grey, and then a band, on every wall. */
export function SourcesPart() {
  const { t } = useTexts()
  const rules = useQuery({ queryKey: KEY, queryFn: listSourceRules })
  return (
    <>
      <h2 className="gw-walls-head">{t('walls.sources')}</h2>
      <p className="gw-hint">{t('walls.sourcesHint')}</p>
      {!rules.data ? (
        <LoadState error={rules.error} onRetry={() => void rules.refetch()} />
      ) : (
        <ul className="gw-rows" data-testid="wall-sources">
          {rules.data.map((rule) => (
            <SourceRow key={`${rule.id} ${rule.version}`} rule={rule} />
          ))}
        </ul>
      )}
    </>
  )
}

function SourceRow({ rule }: { rule: WallSourceRule }) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const isEverywhere = useOwnArea() === undefined
  const may = useMay('configure') && isEverywhere
  const [minutes, setMinutes] = useState<number | string>(rule.intervalSeconds / 60)
  const again = () => queries.invalidateQueries({ queryKey: KEY })
  const name = SOURCES[rule.id][lang]
  const save = useMutation({
    mutationFn: putSourceRule,
    onSuccess: (saved) => {
      toastDone(t('walls.sourceSaved', { source: name }), {
        undo: () => putSourceRule({ ...rule, version: saved.version }).finally(again),
      })
    },
    onSettled: again,
  })
  const seconds = typeof minutes === 'number' ? Math.max(1, Math.round(minutes * 60)) : rule.intervalSeconds
  const after = (intervals: number) => formatMinutes((seconds / 60) * intervals, lang)
  const isConflict = save.error instanceof ApiError && save.error.status === 412
  return (
    <li className="gw-walls-source">
      <IconActivity size={18} stroke={1.6} aria-hidden="true" />
      <span className="gw-row-text">
        <b>{name}</b>
        <small>{t('walls.sourceLate', { grey: after(GREY_INTERVALS), band: after(BAND_INTERVALS) })}</small>
        {isConflict ? (
          <small className="gw-wrong" role="alert">
            {t('walls.sourceConflict')}
          </small>
        ) : (
          <ProblemAlert error={save.error} />
        )}
      </span>
      <NumberInput
        size="xs"
        aria-label={t('walls.sourceEvery', { source: name })}
        suffix={t('walls.minutesUnit')}
        min={1}
        max={MOST_MINUTES}
        disabled={!may}
        value={minutes}
        onChange={setMinutes}
        data-testid={`source-every-${rule.id}`}
      />
      {seconds !== rule.intervalSeconds && (
        <Button
          size="compact-sm"
          loading={save.isPending}
          onClick={() => save.mutate({ ...rule, intervalSeconds: seconds })}
        >
          {t('walls.save')}
        </Button>
      )}
      <Switch
        size="sm"
        label={t('walls.sourceShown')}
        aria-label={t('walls.sourceShownOf', { source: name })}
        disabled={!may}
        checked={rule.isWatched}
        onChange={(event) => save.mutate({ ...rule, isWatched: event.currentTarget.checked })}
      />
    </li>
  )
}

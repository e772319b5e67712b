import { Button, NativeSelect } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { VersionEntry } from '../../geodata/history/history.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { getVersion } from '../api/history.ts'
import { ApiError } from '../api/request.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import { toastDone, toastFailed } from '../ui/toast.tsx'
import { Difference } from './difference.tsx'
import { restoreVersion } from './restore.ts'

interface VersionDetailsProps {
  layer: LayerId
  id: number
  map: MapHandle | null
  entry: VersionEntry
  /** All that are listed so far, deletions apart; newest first. */
  versions: VersionEntry[]
  newest: VersionEntry
}

/** A version against another one, at first the one before it, and the way back to it. */
export function VersionDetails({ layer, id, map, entry, versions, newest }: VersionDetailsProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const others = versions.filter(({ version }) => version !== entry.version)
  const before = others.find(({ version }) => version < entry.version) ?? others.at(-1)
  const [chosen, setChosen] = useState<number>()
  const other = others.find(({ version }) => version === chosen) ?? before
  const [older, newer] =
    other === undefined
      ? [undefined, entry.version]
      : [Math.min(other.version, entry.version), Math.max(other.version, entry.version)]

  const [old, young] = [useVersion(layer, id, older), useVersion(layer, id, newer)]
  const deleted = newest.how === 'deleted'
  const present = useVersion(layer, id, newest.version)
  const past = old.data?.version === entry.version ? old.data : young.data

  const restore = useMutation({
    mutationFn: () => restoreVersion(layer, past!, { feature: present.data!, deleted }),
    onSuccess: (undo) =>
      toastDone(deleted ? t('history.broughtBack') : t('history.restored', { version: entry.version }), {
        undo: () => undo().finally(() => queries.invalidateQueries()),
      }),
    onError: (error) =>
      toastFailed(
        error instanceof ApiError && error.status === 412 ? new Error(t('history.conflict')) : error,
      ),
    onSettled: () => queries.invalidateQueries(),
  })
  const canRestore = useMay('edit') && (deleted || entry.version !== newest.version)
  const failure = old.error ?? young.error ?? present.error
  const shapes =
    older === undefined ? undefined : old.data && young.data && { old: old.data, young: young.data }
  return (
    <div className="gw-version-details">
      {entry.how !== 'deleted' && other && (
        <NativeSelect
          size="xs"
          label={t('history.compareWith')}
          value={String(other.version)}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
          data={others.map(({ version, from }) => ({
            value: String(version),
            label: t('history.optionOf', { version, time: formatTime(from) }),
          }))}
          data-testid="compare-with"
        />
      )}
      {entry.how !== 'deleted' && !other && <p className="gw-hint">{t('history.onlyOne')}</p>}
      {failure && (
        <LoadState
          error={failure}
          onRetry={() => {
            for (const query of [old, young, present]) if (query.error) void query.refetch()
          }}
        />
      )}
      {entry.how !== 'deleted' && shapes && (
        <Difference layer={layer} map={map} before={shapes.old} after={shapes.young} />
      )}
      {canRestore && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRestore size={14} aria-hidden="true" />}
          loading={restore.isPending}
          disabled={!past || !present.data}
          onClick={() => restore.mutate()}
          data-testid="restore"
        >
          {deleted ? t('history.bringBack') : t('history.restore')}
        </Button>
      )}
    </div>
  )
}

function useVersion(layer: LayerId, id: number, version: number | undefined) {
  return useQuery({
    queryKey: ['version', layer, id, version],
    queryFn: ({ signal }) => getVersion(layer, id, version!, signal),
    enabled: version !== undefined,
  })
}

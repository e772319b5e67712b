import { Button, Loader, Modal } from '@mantine/core'
import { useState } from 'react'
import { LAYERS } from '../../../geodata/layers.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { type DraftState, draftStore } from '../draft-store.ts'
import { nameOf } from '../name-of.ts'
import { type FeatureRef, refKey } from '../working-set.ts'
import { ConflictRow } from './conflict-row.tsx'
import { type Conflict, mergeChosen, type Resolved, rowsOf, type Side, takeSide } from './resolve.ts'
import { useConflicts } from './use-conflicts.ts'

interface ConflictDialogProps {
  refs: readonly FeatureRef[]
  draft: DraftState
  /** `merged`: the draft starts from what others saved now. Otherwise nothing has changed. */
  onClose(merged: boolean): void
}

/** Both versions of each feature side by side. Closing it loses nothing: the draft is as it was. */
export function ConflictDialog({ refs, draft, onClose }: ConflictDialogProps) {
  const { t } = useTexts()
  // What is compared is what was in conflict when the dialog was opened.
  const [fixed] = useState(refs)
  const query = useConflicts(fixed, draft)
  return (
    <Modal
      opened
      onClose={() => onClose(false)}
      title={t('review.conflict.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('review.conflict.later') }}
      classNames={{ body: 'gw-conflict' }}
      data-testid="conflict-dialog"
    >
      {query.isError && <LoadState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loader size="sm" aria-label={t('review.conflict.loading')} />}
      {query.data?.length === 0 && (
        <>
          <p>{t('review.conflict.none')}</p>
          <Button onClick={() => onClose(true)}>{t('review.conflict.goOn')}</Button>
        </>
      )}
      {query.data && query.data.length > 0 && <Conflicts conflicts={query.data} onClose={onClose} />}
    </Modal>
  )
}

function Conflicts({ conflicts, onClose }: { conflicts: Conflict[]; onClose(merged: boolean): void }) {
  const { t, lang } = useTexts()
  const [at, setAt] = useState(0)
  const [chosen, setChosen] = useState<Readonly<Record<string, Record<string, Side>>>>({})
  const conflict = conflicts[at]!
  const key = refKey(conflict)
  const { layer, mine, theirs } = conflict
  const rows = rowsOf(conflict)
  const noun = LAYERS[layer].noun[lang]
  const name = nameOf(mine ?? theirs ?? conflict.base, conflict)
  const count = conflicts.length

  const keep = (one: Conflict, { theirs, mine }: Resolved) => draftStore.rebase(one, theirs, mine)
  function take(resolved: Resolved) {
    keep(conflict, resolved)
    if (at + 1 < count) setAt(at + 1)
    else onClose(true)
  }
  function takeRest(resolve: (one: Conflict) => Resolved) {
    for (const one of conflicts.slice(at)) keep(one, resolve(one))
    onClose(true)
  }

  return (
    <>
      <h3>
        <span>
          {noun} <strong>{name}</strong>
        </span>
        {count > 1 && <small>{t('review.conflict.of', { index: at + 1, count })}</small>}
      </h3>
      <p className="gw-hint" role="status" data-testid="conflict-said">
        {!theirs
          ? mine
            ? t('review.conflict.theyDeleted')
            : t('review.conflict.bothDeleted')
          : mine
            ? rows.some(({ clash }) => clash)
              ? t('review.conflict.clashes', { count: rows.filter(({ clash }) => clash).length })
              : t('review.conflict.noClash')
            : t('review.conflict.iDeleted')}
      </p>
      {rows.map((row) => (
        <ConflictRow
          key={`${key}/${row.field}`}
          layer={layer}
          row={row}
          taken={chosen[key]?.[row.field] ?? row.taken}
          onTake={(side) => setChosen({ ...chosen, [key]: { ...chosen[key], [row.field]: side } })}
        />
      ))}
      <div className="gw-form-actions">
        {mine && theirs && (
          <Button
            size="sm"
            onClick={() => take(mergeChosen(conflict, chosen[key] ?? {}))}
            data-testid="conflict-merge"
          >
            {t('review.conflict.merge')}
          </Button>
        )}
        <Button
          size="sm"
          variant="default"
          onClick={() => take(takeSide(conflict, 'mine'))}
          data-testid="conflict-mine"
        >
          {!theirs
            ? mine
              ? t('review.conflict.bringBack')
              : t('review.conflict.goOn')
            : mine
              ? t('review.conflict.allMine')
              : t('review.conflict.deleteAnyway')}
        </Button>
        {(theirs || mine) && (
          <Button
            size="sm"
            variant="default"
            onClick={() => take(takeSide(conflict, 'theirs'))}
            data-testid="conflict-theirs"
          >
            {theirs ? t('review.conflict.allTheirs') : t('review.conflict.dropMine')}
          </Button>
        )}
        <Button size="sm" variant="subtle" color="gray" onClick={() => onClose(at > 0)}>
          {t('review.conflict.later')}
        </Button>
      </div>
      {count - at > 1 && (
        <div className="gw-form-actions">
          <Button
            size="xs"
            variant="subtle"
            onClick={() => takeRest((one) => mergeChosen(one, chosen[refKey(one)] ?? {}))}
          >
            {t('review.conflict.restMerge', { count: count - at })}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => takeRest((one) => takeSide(one, 'theirs'))}>
            {t('review.conflict.restTheirs', { count: count - at })}
          </Button>
        </div>
      )}
    </>
  )
}

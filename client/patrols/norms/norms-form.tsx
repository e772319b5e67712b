import './norms.css'
import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { VisitNorms } from '../../../geodata/patrols/norm.schema.ts'
import { getNorms, putNorms } from '../../api/patrols.ts'
import { ApiError } from '../../api/request.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { ProblemText } from '../../ui/problem-text.tsx'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'
import { changeNorm, type NormChanges, takenBack, withChanges } from './norm-changes.ts'
import { NormsTable } from './norms-table.tsx'

const KEY = ['patrols', 'norms']

// What was typed outlives a look at another part of the panel; a reload forgets it.
let unsaved: NormChanges = {}

/** The visit norms by site type and risk, to be changed by those who may configure everything. */
export function NormsForm({ onOpenSites }: { onOpenSites(): void }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const norms = useQuery({ queryKey: KEY, queryFn: getNorms })
  const everywhere = useOwnArea() === undefined
  const may = useMay('configure') && everywhere
  const [changes, setKept] = useState(unsaved)
  function setChanges(next: NormChanges) {
    unsaved = next
    setKept(next)
  }
  function accept(saved: VisitNorms) {
    queries.setQueryData(KEY, saved)
    // What is due, and how much walking that is, follows from them.
    void queries.invalidateQueries({ queryKey: ['patrols', 'due'] })
    void queries.invalidateQueries({ queryKey: ['figures', 'patrols'] })
  }
  const save = useMutation({
    mutationFn: ({ version, norms }: VisitNorms) => putNorms(version, withChanges(norms, changes)),
    onSuccess: (saved, before) => {
      const made = changes
      setChanges({})
      accept(saved)
      toastDone(t('norms.saved'), {
        undo: async () => {
          const now = await getNorms()
          accept(
            await putNorms(now.version, withChanges(now.norms, takenBack(made, before.norms, now.norms))),
          )
        },
      })
    },
    onError: (error) => {
      if (isStale(error)) void queries.invalidateQueries({ queryKey: KEY })
    },
  })
  if (!norms.data) return <LoadState error={norms.error} onRetry={() => void norms.refetch()} />
  const stored = norms.data
  const count = Object.keys(changes).length
  return (
    <form
      className="gw-norms"
      onSubmit={(event) => {
        event.preventDefault()
        if (may && count > 0 && !save.isPending) save.mutate(stored)
      }}
      data-testid="norms"
    >
      <p className="gw-hint">
        {t('norms.lead')}{' '}
        <button type="button" className="gw-link" onClick={onOpenSites}>
          {t('norms.openSites')}
        </button>
      </p>
      {stored.norms.some(({ example }) => example) && <p className="gw-hint">{t('norms.examples')}</p>}
      <NormsTable
        stored={stored.norms}
        changes={changes}
        onChange={
          may
            ? (norm, field, minutes) => {
                save.reset()
                setChanges(changeNorm(changes, norm, field, minutes))
              }
            : undefined
        }
      />
      {!may && <p className="gw-hint">{t('norms.mayNot')}</p>}
      {save.error && (
        <Alert color="orange" role="alert" data-testid="norms-refused">
          {isStale(save.error) ? t('norms.stale') : <ProblemText error={save.error} />}
        </Alert>
      )}
      {may && (
        <div className="gw-norms-acts">
          <span aria-live="polite" className="gw-hint" data-testid="norms-count">
            {count > 0 && t('norms.changed', { count })}
          </span>
          <Button size="xs" variant="default" disabled={count === 0} onClick={() => setChanges({})}>
            {t('norms.discard')}
          </Button>
          <Button
            type="submit"
            size="xs"
            disabled={count === 0}
            loading={save.isPending}
            data-testid="norms-save"
          >
            {t('norms.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

const isStale = (error: unknown): boolean => error instanceof ApiError && error.status === 412

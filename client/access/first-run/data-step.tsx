import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { makeDemo } from '../../api/imports.ts'
import { getWorkspace } from '../../api/places.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'

const ASK_MS = 3000

interface DataStepProps {
  /** The form that takes a file. */
  importForm(onImported: () => void): ReactNode
  onDone(): void
}

/** A file, the demo area, or nothing yet. Goes on by itself once there is data. */
export function DataStep({ importForm, onDone }: DataStepProps) {
  const { t } = useTexts()
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: getWorkspace, refetchInterval: ASK_MS })
  const demo = useMutation({ mutationFn: makeDemo, onSuccess: () => workspace.refetch() })
  const filled = workspace.data?.empty === false
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    if (filled) done.current()
  }, [filled])
  return (
    <div className="gw-guide-data">
      <section>
        <h2>{t('access.fromFile')}</h2>
        {importForm(() => void workspace.refetch())}
      </section>
      <section>
        <h2>{t('access.fromDemo')}</h2>
        <p className="gw-hint">{t('access.demoHint')}</p>
        <Button
          variant="default"
          loading={demo.isPending}
          onClick={() => demo.mutate()}
          data-testid="guide-demo"
        >
          {t('access.demoGo')}
        </Button>
        <div role="status">
          {demo.isPending && <p className="gw-hint">{t('access.demoMaking')}</p>}
          {demo.error && <ProblemText error={demo.error} />}
        </div>
      </section>
      <Button variant="subtle" onClick={onDone} data-testid="guide-empty">
        {t('access.noDataYet')}
      </Button>
    </div>
  )
}

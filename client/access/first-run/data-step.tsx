import { Button, CopyButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { getWorkspace } from '../../api/places.ts'
import { useTexts } from '../../ui/i18n.ts'

const DEMO_COMMAND = 'npx gridward demo'
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
        <div className="gw-guide-command">
          <code>{DEMO_COMMAND}</code>
          <CopyButton value={DEMO_COMMAND}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? t('access.copied') : t('access.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      </section>
      <Button variant="subtle" onClick={onDone} data-testid="guide-empty">
        {t('access.noDataYet')}
      </Button>
    </div>
  )
}

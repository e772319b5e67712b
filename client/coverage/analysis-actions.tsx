import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPrinter, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import { deleteAnalysis } from '../api/analyses.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { useTexts } from '../ui/i18n.ts'
import { useMay, useOwnName } from '../ui/session.ts'
import { toastDone, toastFailed } from '../ui/toast.tsx'
import { ExportMenu } from './export-menu.tsx'
import { askListAnew } from './use-analysis.ts'

const ReportSheet = lazy(() => import('./report-sheet.tsx'))

interface AnalysisActionsProps extends Pick<WorkPanelProps, 'map' | 'workspace'> {
  analysis: Analysis
  onAgain(): void
  isAsking: boolean
  /** Puts the same question, to be changed first. */
  onChange(): void
  onDeleted(): void
}

/** What can be done with an analysis: ask it again, change it, take it away as files or on paper, delete it. */
export function AnalysisActions({ analysis, map, workspace, ...on }: AnalysisActionsProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [mayAsk, mayExport, mayAll] = [useMay('analyse'), useMay('export'), useMay('configure')]
  const isOwn = useOwnName() === analysis.createdBy
  const [isPrinting, setPrinting] = useState(false)
  const [isSure, setSure] = useState(false)
  const deleting = useMutation({
    mutationFn: () => deleteAnalysis(analysis.id),
    onSuccess: () => {
      void askListAnew(queries)
      toastDone(t('coverage.deleted'))
      on.onDeleted()
    },
    onError: toastFailed,
  })
  const isDone = analysis.state === 'done'
  if (isSure)
    return (
      <div className="gw-analysis-actions">
        <span>{t('coverage.deleteSure')}</span>
        <Button
          size="xs"
          color="orange"
          loading={deleting.isPending}
          onClick={() => deleting.mutate()}
          data-testid="analysis-delete-sure"
        >
          {t('coverage.deleteNow')}
        </Button>
        <Button size="xs" variant="default" data-autofocus onClick={() => setSure(false)}>
          {t('coverage.keep')}
        </Button>
      </div>
    )
  return (
    <div className="gw-analysis-actions">
      {mayAsk && isOver(analysis.state) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={on.isAsking}
          onClick={on.onAgain}
          data-testid="analysis-again"
        >
          {t('coverage.again')}
        </Button>
      )}
      {isDone && mayExport && <ExportMenu analysis={analysis} />}
      {mayAsk && (
        <ActionIcon variant="default" size={30} aria-label={t('coverage.change')} onClick={on.onChange}>
          <IconPencil size={16} />
        </ActionIcon>
      )}
      {isDone && map && (
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('coverage.print')}
          onClick={() => setPrinting(true)}
          data-testid="analysis-print"
        >
          <IconPrinter size={16} />
        </ActionIcon>
      )}
      {mayAsk && (isOwn || mayAll) && (
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('coverage.delete')}
          onClick={() => setSure(true)}
          data-testid="analysis-delete"
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
      {isPrinting && map && (
        <Suspense>
          <ReportSheet
            analysis={analysis}
            map={map}
            workspace={workspace}
            onClose={() => setPrinting(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

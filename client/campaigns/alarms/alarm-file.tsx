import { Button, FileButton } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlarmImport } from '../../../geodata/campaigns/smoke-alarm.schema.ts'
import { sendAlarmFile } from '../../api/campaigns.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { toastDone } from '../../ui/toast.tsx'

/** Counts and dates from a CSV file; what it would change is told first. */
export function AlarmFile() {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [file, setFile] = useState<File>()
  const tried = useMutation({ mutationFn: (chosen: File) => sendAlarmFile(chosen, true) })
  const taken = useMutation({
    mutationFn: (chosen: File) => sendAlarmFile(chosen, false),
    onSuccess: ({ created, changed }) => {
      setFile(undefined)
      tried.reset()
      toastDone(t('alarms.imported', { created, changed }))
      void queries.invalidateQueries({ queryKey: ['smoke-alarms'] })
    },
  })
  const report = tried.data
  return (
    <section className="gw-campaign-card" aria-label={t('alarms.file')}>
      <b>{t('alarms.file')}</b>
      <p className="gw-hint">{t('alarms.columns')}</p>
      <FileButton
        accept=".csv,text/csv"
        onChange={(chosen) => {
          if (!chosen) return
          setFile(chosen)
          taken.reset()
          tried.mutate(chosen)
        }}
        inputProps={{ 'aria-label': t('alarms.choose'), tabIndex: -1 }}
      >
        {(button) => (
          <Button
            {...button}
            size="compact-md"
            variant="default"
            loading={tried.isPending}
            leftSection={<IconFileUpload size={16} aria-hidden="true" />}
          >
            {t('alarms.choose')}
          </Button>
        )}
      </FileButton>
      <ProblemAlert error={tried.error ?? taken.error} />
      {report && file && (
        <div aria-live="polite" data-testid="alarm-report">
          <Report report={report} name={file.name} />
          <div className="gw-acts">
            <Button
              size="compact-md"
              disabled={report.created + report.changed === 0}
              loading={taken.isPending}
              onClick={() => taken.mutate(file)}
              data-testid="alarm-import"
            >
              {t('alarms.take')}
            </Button>
            <Button size="compact-md" variant="default" onClick={() => tried.reset()}>
              {t('acts.cancel')}
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}

function Report({ report, name }: { report: AlarmImport; name: string }) {
  const { t } = useTexts()
  const { rows, created, changed, unchanged, rejected, rejectedCount } = report
  return (
    <>
      <p>{t('alarms.report', { name, rows, created, changed, unchanged })}</p>
      {rejectedCount > 0 && (
        <>
          <p className="gw-wrong">{t('alarms.rejected', { count: rejectedCount })}</p>
          <ul className="gw-alarm-rejected">
            {rejected.map(({ line, code, reason }) => (
              <li key={line}>{t('alarms.line', { line, code, reason })}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

import { Button, FileInput, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { HOTLINE_CRS, type HotlineCrs } from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { hotlineTemplateUrl, postOrders, WAITING_ORDERS_KEY } from '../../api/dispatch.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { OrderReport } from './order-report.tsx'

/** What each system is called; those of maps in China first, since exports have them most often. */
const CRS_NAMES: Record<HotlineCrs, string> = {
  'GCJ-02': 'GCJ-02',
  'BD-09': 'BD-09',
  'EPSG:4326': 'WGS 84',
}

/** A file is checked first, which writes nothing, then imported. */
export function ImportOrders() {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [crs, setCrs] = useState<HotlineCrs | ''>('')
  const send = useMutation({
    mutationFn: ({ dryRun, of }: { dryRun: boolean; of: File }) =>
      postOrders(of, { dryRun, crs: crs === '' ? undefined : crs }),
    onSuccess: ({ dryRun }) => {
      if (dryRun) return
      void queries.invalidateQueries({ queryKey: WAITING_ORDERS_KEY })
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  const report = send.data
  const isWritten = report !== undefined && !report.dryRun
  const choose = (next: File | null) => {
    setFile(next)
    send.reset()
  }
  return (
    <>
      <p className="gw-hint">{t('dispatch.hotline.lead')}</p>
      <Button
        component="a"
        href={hotlineTemplateUrl(lang)}
        download
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        style={{ alignSelf: 'start' }}
      >
        {t('dispatch.hotline.template')}
      </Button>
      <FileInput
        label={t('dispatch.hotline.file')}
        placeholder={t('dispatch.hotline.choose')}
        accept=".csv,text/csv,.txt"
        clearable
        clearButtonProps={{ 'aria-label': t('dispatch.hotline.again') }}
        value={file}
        onChange={choose}
        data-testid="hotline-file"
      />
      <NativeSelect
        label={t('dispatch.hotline.crs')}
        description={t('dispatch.hotline.crsHint')}
        value={crs}
        onChange={(event) => {
          setCrs(HOTLINE_CRS.find((each) => each === event.currentTarget.value) ?? '')
          send.reset()
        }}
        data={[
          { value: '', label: t('dispatch.hotline.crsNone') },
          ...(Object.keys(CRS_NAMES) as HotlineCrs[]).map((value) => ({ value, label: CRS_NAMES[value] })),
        ]}
        data-testid="hotline-crs"
      />
      <ProblemAlert error={send.error} />
      <div aria-live="polite">{report && <OrderReport report={report} />}</div>
      {isWritten ? (
        <Button variant="default" onClick={() => choose(null)}>
          {t('dispatch.hotline.again')}
        </Button>
      ) : (
        <Button
          disabled={file === null}
          loading={send.isPending}
          onClick={() => file && send.mutate({ dryRun: report === undefined, of: file })}
          data-testid="hotline-go"
        >
          {t(report ? 'dispatch.hotline.write' : 'dispatch.hotline.check')}
        </Button>
      )}
    </>
  )
}

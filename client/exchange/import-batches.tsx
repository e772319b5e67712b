import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportBatch } from '../../geodata/exchange/import-report.schema.ts'
import { importReportSchema } from '../../geodata/exchange/import-report.schema.ts'
import { getImport, listImports } from '../api/imports.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { ImportReportView } from './import-report.tsx'

/** What was imported, newest first; each opens its report. */
export function ImportBatches() {
  const { t } = useTexts()
  const [open, setOpen] = useState<number>()
  const batches = useQuery({ queryKey: ['imports'], queryFn: listImports })
  if (!batches.data) return <LoadState error={batches.error} onRetry={() => void batches.refetch()} />
  if (batches.data.length === 0) return <p className="gw-hint">{t('batches.none')}</p>
  return (
    <ul className="gw-batches">
      {batches.data.map((batch) => (
        <Batch
          key={batch.id}
          batch={batch}
          open={open === batch.id}
          onToggle={() => setOpen(open === batch.id ? undefined : batch.id)}
        />
      ))}
    </ul>
  )
}

function Batch({ batch, open, onToggle }: { batch: ImportBatch; open: boolean; onToggle(): void }) {
  const { t } = useTexts()
  const kind =
    batch.kind === 'demo' || batch.kind === 'osm' || batch.kind === 'geojson'
      ? t(`batches.kinds.${batch.kind}`)
      : batch.kind
  const name = batch.fileName ?? kind
  return (
    <li>
      <UnstyledButton className="gw-batch" aria-expanded={open} onClick={onToggle} data-testid="batch">
        {open ? (
          <IconChevronDown size={16} aria-hidden="true" />
        ) : (
          <IconChevronRight size={16} aria-hidden="true" />
        )}
        <span className="gw-child-name">{name}</span>
        <small>
          {batch.fileName ? `${kind} · ` : ''}
          {formatTime(batch.createdAt)}
        </small>
      </UnstyledButton>
      {open && <BatchReport batch={batch} />}
    </li>
  )
}

function BatchReport({ batch }: { batch: ImportBatch }) {
  const { t } = useTexts()
  const stored = useQuery({ queryKey: ['imports', batch.id], queryFn: () => getImport(batch.id) })
  if (!stored.data) return <LoadState error={stored.error} onRetry={() => void stored.refetch()} />
  const report = importReportSchema.safeParse(stored.data.report)
  return (
    <div className="gw-batch-report">
      {batch.licence && (
        <p className="gw-hint">
          {t('batches.licence')}: {batch.licence}
        </p>
      )}
      {report.success ? (
        <ImportReportView report={report.data} />
      ) : (
        <p className="gw-hint">{t('batches.noReport')}</p>
      )}
    </div>
  )
}

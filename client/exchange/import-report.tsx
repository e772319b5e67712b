import { Alert, Table, Text } from '@mantine/core'
import type { ImportReport } from '../../geodata/exchange/import-report.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'

const SHOWN_REASONS = 8

/** What was read, what would change or did, and what was left out and why. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const { t, lang } = useTexts()
  const rows = Object.entries(report.layers) as [LayerId, NonNullable<ImportReport['layers'][LayerId]>][]
  const columns = ['created', 'updated', 'unchanged', 'rejected'] as const
  return (
    <div data-testid="import-report">
      <Alert
        color="accent"
        variant="light"
        title={report.dryRun ? t('exchange.dryRun') : t('exchange.done')}
        mb="sm"
      >
        {report.attribution && (
          <>
            {t('exchange.attribution')}: {report.attribution}
          </>
        )}
      </Alert>
      <Table fz="sm" withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('exchange.column.layer')}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column} ta="right">
                {t(`exchange.column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([layer, row]) => (
            <Table.Tr key={layer}>
              <Table.Td>{LAYERS[layer].title[lang]}</Table.Td>
              {columns.map((column) => (
                <Table.Td key={column} ta="right">
                  {formatCount(row[column])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed" mt="xs">
        {t('exchange.unassigned', {
          buildings: formatCount(report.unassigned.buildings),
          facilities: formatCount(report.unassigned.facilities),
        })}
      </Text>
      <Reasons
        title={`${t('exchange.rejected')} · ${formatCount(report.skipped.total)}`}
        rows={report.skipped.reasons.map(({ reason, count }) => [reason, count])}
      />
      <Reasons title={t('exchange.notes')} rows={report.notes.map(({ note, count }) => [note, count])} />
    </div>
  )
}

function Reasons({ title, rows }: { title: string; rows: [text: string, count: number][] }) {
  if (rows.length === 0) return null
  return (
    <>
      <Text size="sm" fw={600} mt="sm">
        {title}
      </Text>
      <ul className="gw-reasons">
        {rows.slice(0, SHOWN_REASONS).map(([text, count]) => (
          <li key={text}>
            {text} {count > 1 && <b>× {formatCount(count)}</b>}
          </li>
        ))}
      </ul>
    </>
  )
}

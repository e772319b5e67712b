import { Button, Popover } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { PART_EXPORT_FORMATS, partExportUrl } from '../api/analyses.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { viewOf } from './analysis-views.ts'

/** Each part as a file of each format. */
export function ExportMenu({ analysis }: { analysis: Analysis }) {
  const texts = useTexts()
  const { t } = texts
  const parts = analysis.parts.filter(({ count }) => count > 0)
  if (parts.length === 0) return null
  return (
    <Popover position="bottom-start" shadow="md" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} />}
          data-testid="analysis-export"
        >
          {t('coverage.export')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="gw-analysis-exports">
        <dl>
          {parts.map(({ part, count }) => {
            const name = viewOf(analysis.kind)?.parts[part]?.name(texts) ?? part
            return (
              <div key={part}>
                <dt>
                  {name} <small>{formatCount(count)}</small>
                </dt>
                <dd>
                  {PART_EXPORT_FORMATS.map((format) => (
                    <a
                      key={format}
                      className="gw-link"
                      href={partExportUrl(analysis.id, part, format)}
                      download
                      aria-label={`${name}, ${t(`coverage.formats.${format}`)}`}
                    >
                      {t(`coverage.formats.${format}`)}
                    </a>
                  ))}
                </dd>
              </div>
            )
          })}
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}

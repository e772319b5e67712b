import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTexts } from '../ui/i18n.ts'

/** A table to download; the server tells the audit trail of it. */
export function CsvLink({ href }: { href: string }) {
  const { t } = useTexts()
  return (
    <Button
      component="a"
      href={href}
      download
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={14} />}
      data-testid="figures-csv"
    >
      {t('figures.csv')}
    </Button>
  )
}

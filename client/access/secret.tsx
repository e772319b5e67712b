import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTexts } from '../ui/i18n.ts'

/** A password or token that the server tells once. */
export function Secret({ title, secret }: { title: string; secret: string }) {
  const { t } = useTexts()
  return (
    <div className="gw-secret">
      <span>{title}</span>
      <code data-testid="secret">{secret}</code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={
              copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />
            }
            onClick={copy}
          >
            {copied ? t('access.copied') : t('access.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}

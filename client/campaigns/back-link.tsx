import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'

/** The way back to the list. */
export function BackLink({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <Button
      className="gw-campaign-back"
      size="compact-sm"
      variant="subtle"
      leftSection={<IconArrowLeft size={16} aria-hidden="true" />}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}

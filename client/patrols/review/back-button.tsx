import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTexts } from '../../ui/i18n.ts'

export function BackButton({ onBack }: { onBack(): void }) {
  const { t } = useTexts()
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconArrowLeft size={16} />}
      onClick={onBack}
      data-testid="walked-back"
    >
      {t('walked.back')}
    </Button>
  )
}

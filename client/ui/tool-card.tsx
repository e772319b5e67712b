import './tool-card.css'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from './i18n.ts'

interface ToolCardProps {
  title: string
  onClose(): void
  children: ReactNode
  testId?: string
}

/** The floating panel of a tool: beside the left panel, on a phone above the bar. */
export function ToolCard({ title, onClose, children, testId }: ToolCardProps) {
  const { t } = useTexts()
  return (
    <section className="gw-tool-card" aria-label={title} data-testid={testId}>
      <header>
        <h2>{title}</h2>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('tool.close')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className="gw-tool-body">{children}</div>
    </section>
  )
}

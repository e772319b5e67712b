import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../i18n.ts'

interface DetailProps {
  title: string
  onClose(): void
  children: ReactNode
}

/** Beside a list, or in its place where there is no room beside it: one of its rows, or a new one. */
export function Detail({ title, onClose, children }: DetailProps) {
  const { t } = useTexts()
  return (
    <section className="gw-admin-detail" aria-label={title}>
      <header className="gw-admin-detail-head">
        <h2>{title}</h2>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('toast.close')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {children}
    </section>
  )
}

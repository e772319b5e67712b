import { Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTexts } from '../ui/i18n.ts'
import type { Work } from './view-state.ts'
import type { WorkDefinition } from './works.ts'

interface MoreWorksProps {
  works: readonly WorkDefinition[]
  work: Work
  onWork(work: Work): void
}

/** The workspaces that the bar of a narrow window has no room for. */
export default function MoreWorks({ works, work, onWork }: MoreWorksProps) {
  const { t } = useTexts()
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <UnstyledButton
          className="gw-rail-item"
          aria-current={works.some(({ id }) => id === work) ? 'page' : undefined}
          data-testid="work-more"
        >
          <IconDots size={20} stroke={1.6} aria-hidden="true" />
          <small>{t('work.more')}</small>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {works.map(({ id, icon: Sign }) => (
          <Menu.Item
            key={id}
            leftSection={<Sign size={18} aria-hidden="true" />}
            onClick={() => onWork(id)}
            data-testid={`work-${id}`}
          >
            {t(`work.${id}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

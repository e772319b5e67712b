import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { MAX_VIEW_NAME, type SavedView } from '../../geodata/views/view.schema.ts'

import { useTexts } from '../ui/i18n.ts'
import { useMay } from '../ui/session.ts'
import { toastDone, toastFailed } from '../ui/toast.tsx'
import { linkOf } from './view-query.ts'

interface SavedViewRowProps {
  saved: SavedView
  onOpen(): void
  /** false: the name was not taken; it stays open to be put right. */
  onRename(name: string): Promise<boolean>
  onOverwrite(): void
  onRemove(): void
}

export function SavedViewRow({ saved, onOpen, onRename, onOverwrite, onRemove }: SavedViewRowProps) {
  const { t } = useTexts()
  const may = useMay('view')
  const [name, setName] = useState<string>()
  async function rename() {
    const wanted = name?.trim()
    if (!wanted || wanted === saved.name || (await onRename(wanted))) setName(undefined)
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(linkOf(saved))
      toastDone(t('views.copied'))
    } catch {
      toastFailed(new Error(t('views.copyFailed')))
    }
  }
  if (name !== undefined)
    return (
      <li>
        <form
          className="gw-view-rename"
          onSubmit={(event) => {
            event.preventDefault()
            void rename()
          }}
        >
          <TextInput
            size="xs"
            data-autofocus
            ref={(input) => input?.focus()}
            aria-label={t('views.saveAs')}
            value={name}
            maxLength={MAX_VIEW_NAME}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              setName(undefined)
            }}
          />
        </form>
      </li>
    )
  return (
    <li>
      <button
        type="button"
        className="gw-view-open"
        aria-label={t('views.open', { name: saved.name })}
        onClick={onOpen}
      >
        {saved.name}
      </button>
      <Menu position="bottom-end" withinPortal={false} shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('views.more', { name: saved.name })}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may && <Menu.Item onClick={() => setName(saved.name)}>{t('views.rename')}</Menu.Item>}
          {may && <Menu.Item onClick={onOverwrite}>{t('views.overwrite')}</Menu.Item>}
          <Menu.Item onClick={() => void copy()}>{t('views.copy')}</Menu.Item>
          {may && (
            <Menu.Item color="orange" onClick={onRemove}>
              {t('views.remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

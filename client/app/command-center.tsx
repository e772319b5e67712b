import { Modal } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import type { SearchResult } from '../../geodata/search/search.schema.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { publishShortcuts, ShortcutList } from '../ui/shortcut-list.tsx'
import { CommandPalette } from './command-palette.tsx'
import { COMMAND_GROUPS, shownKeys } from './commands.ts'
import { texts } from './texts.ts'
import { TOOLS } from './tools.ts'
import { type CommandTargets, useCommands } from './use-commands.ts'
import { useKeys } from './use-keys.ts'

addTexts(texts)

const KEYS_OF_TOOLS = TOOLS.flatMap(({ Keys }) => Keys ?? [])

interface CommandCenterProps extends Omit<CommandTargets, 'showShortcuts'> {
  onResult(result: SearchResult): void
}

/** One table of commands and its three faces: the palette, the keyboard, the overview of shortcuts. */
export default function CommandCenter({ onResult, ...targets }: CommandCenterProps) {
  const { t } = useTexts()
  const [overview, setOverview] = useState(false)
  const commands = useCommands({ ...targets, showShortcuts: () => setOverview(true) })
  useKeys(commands)

  const groups = COMMAND_GROUPS.map((id) => ({
    id,
    title: t(`commands.${id}`),
    shortcuts: commands
      .filter((command) => command.group === id && command.keys)
      .map(({ id, label, keys }) => ({ id, label, ways: keys!.map(shownKeys) })),
  })).filter(({ shortcuts }) => shortcuts.length > 0)
  const told = JSON.stringify(groups)
  useEffect(() => publishShortcuts(JSON.parse(told), KEYS_OF_TOOLS), [told])

  const byGroup = useMemo(
    () => COMMAND_GROUPS.map((id) => ({ id, commands: commands.filter(({ group }) => group === id) })),
    [commands],
  )
  return (
    <>
      <CommandPalette groups={byGroup} onResult={onResult} />
      <Modal
        opened={overview}
        onClose={() => setOverview(false)}
        title={t('shortcuts.title')}
        size="xl"
        closeButtonProps={{ 'aria-label': t('toast.close') }}
      >
        <p className="gw-hint">{t('shortcuts.hint')}</p>
        <ShortcutList />
      </Modal>
    </>
  )
}

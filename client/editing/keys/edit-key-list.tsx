import { shownKeys } from '../../app/commands.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { ShortcutSection } from '../../ui/shortcut-list.tsx'
import type { ModeId } from '../modes/modes.ts'
import { texts as editorTexts } from '../texts.ts'
import { EDIT_KEYS, MODE_KEYS } from './edit-keys.ts'
import { texts } from './texts.ts'

addTexts(editorTexts)
addTexts(texts)

/** The editor's part of the overview of shortcuts: it knows its keys without the editor being loaded. */
export default function EditKeyList() {
  const { t } = useTexts()
  const ways = (keys: readonly string[]) => keys.map(shownKeys)
  const modes = Object.entries(MODE_KEYS) as [ModeId, string][]
  const ofModes = [...new Set(Object.values(MODE_KEYS))].map((letter) => ({
    id: letter,
    label: modes
      .filter(([, key]) => key === letter)
      .map(([id]) => t(`editing.mode.${id}`))
      .join(' · '),
    ways: ways([letter]),
  }))
  const { any, vertex, whole } = EDIT_KEYS
  const entries = <K extends string>(keys: Record<K, readonly string[]>) =>
    Object.entries(keys) as [K, readonly string[]][]
  return (
    <>
      <ShortcutSection
        title={t('editKeys.group.any')}
        shortcuts={[
          ...ofModes,
          ...entries(any).map(([id, keys]) => ({ id, label: t(`editKeys.any.${id}`), ways: ways(keys) })),
        ]}
      />
      <ShortcutSection
        title={t('editKeys.group.vertex')}
        shortcuts={entries(vertex).map(([id, keys]) => ({
          id,
          label: t(`editKeys.vertex.${id}`),
          ways: ways(keys),
        }))}
      />
      <ShortcutSection
        title={t('editKeys.group.whole')}
        shortcuts={entries(whole).map(([id, keys]) => ({
          id,
          label: t(`editKeys.whole.${id}`),
          ways: ways(keys),
        }))}
      />
    </>
  )
}

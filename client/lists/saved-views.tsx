import './lists.css'
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconBookmarks } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { MAX_VIEW_NAME, type SavedView } from '../../geodata/views/view.schema.ts'
import { ApiError } from '../api/request.ts'
import { createView, deleteView, replaceView } from '../api/views.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { problemWords } from '../ui/problem-words.ts'
import { useMay } from '../ui/session.ts'
import { toastDone, toastFailed } from '../ui/toast.tsx'
import type { ListsProps } from './props.ts'
import { SavedViewRow } from './saved-view-row.tsx'
import { texts } from './texts.ts'
import { useSavedViews, VIEWS_KEY } from './use-saved-views.ts'
import { openSavedView, queryOfPage } from './view-query.ts'

addTexts(texts)

/** The menu of saved views: keep what is seen under a name, open it again, rename, overwrite, delete, copy its link. */
export default function SavedViewsMenu({ view }: Pick<ListsProps, 'view'>) {
  const may = useMay('view')
  const { t } = useTexts()
  const queries = useQueryClient()
  const views = useSavedViews()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState<string>()
  const reload = () => queries.invalidateQueries({ queryKey: VIEWS_KEY })
  const workspace = view.search.work ?? null
  useEffect(() => {
    if (!opened) setWrong(undefined)
  }, [opened])

  /** Does it, says so, and says what went wrong instead of pretending. */
  async function act(work: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>) {
    try {
      await work()
      toastDone(done, undo ? { undo: () => undo().finally(reload) } : {})
      return undefined
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    } finally {
      await reload()
    }
  }
  const said = (error: Error): string => {
    const code = error instanceof ApiError ? error.code : undefined
    if (code === 'name-conflict') return t('views.nameTaken')
    return code === 'version-conflict' ? t('views.changedMeanwhile') : problemWords(error).said
  }
  async function save(event: FormEvent) {
    event.preventDefault()
    const wanted = name.trim()
    if (!wanted) return
    const failed = await act(
      () => createView({ name: wanted, query: queryOfPage(), workspace }),
      t('views.saved', { name: wanted }),
    )
    setWrong(failed && said(failed))
    if (!failed) setName('')
  }
  async function change(saved: SavedView, next: Partial<SavedView>, done: string): Promise<boolean> {
    let after = saved
    const { name, query, workspace } = saved
    const failed = await act(
      async () => {
        after = await replaceView(saved, { name, query, workspace, ...next })
      },
      done,
      () => replaceView(after, { name, query, workspace }),
    )
    if (failed) toastFailed(new Error(said(failed)))
    return !failed
  }
  async function remove(saved: SavedView) {
    const { name, query, workspace } = saved
    const failed = await act(
      () => deleteView(saved),
      t('views.removed', { name }),
      () => createView({ name, query, workspace }),
    )
    if (failed) toastFailed(new Error(said(failed)))
  }

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={320}
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Tooltip label={t('views.title')} disabled={opened}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('views.title')}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
            data-testid="views-menu"
          >
            <IconBookmarks size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="gw-views" aria-label={t('views.title')}>
        {may && (
          <form className="gw-list-controls" onSubmit={save}>
            <TextInput
              size="xs"
              aria-label={t('views.saveAs')}
              placeholder={t('views.save')}
              value={name}
              maxLength={MAX_VIEW_NAME}
              error={wrong}
              onChange={(event) => setName(event.currentTarget.value)}
              data-testid="view-name"
            />
            <Button size="xs" type="submit" disabled={!name.trim()} data-testid="view-save">
              {t('views.saveGo')}
            </Button>
          </form>
        )}
        {views.length === 0 ? (
          <p className="gw-hint">
            <b>{t('views.none')}</b> {t('views.noneHint')}
          </p>
        ) : (
          <ul>
            {views.map((saved) => (
              <SavedViewRow
                key={saved.id}
                saved={saved}
                onOpen={() => {
                  setOpened(false)
                  openSavedView(saved, view)
                }}
                onRename={(next) => change(saved, { name: next }, t('views.renamed', { name: next }))}
                onOverwrite={() =>
                  change(
                    saved,
                    { query: queryOfPage(), workspace },
                    t('views.overwritten', { name: saved.name }),
                  )
                }
                onRemove={() => remove(saved)}
              />
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

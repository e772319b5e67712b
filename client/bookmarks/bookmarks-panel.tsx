import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatCamera, readCamera } from '../map/camera.ts'
import type { ToolProps } from '../map/tool.ts'
import { useTexts } from '../ui/i18n.ts'
import { newUuid } from '../ui/new-uuid.ts'
import { toastDone, toastFailed } from '../ui/toast.tsx'
import { ToolCard } from '../ui/tool-card.tsx'
import {
  type Bookmark,
  getBookmarks,
  MOST_BOOKMARKS,
  MOST_NAME,
  putBookmarks,
  useBookmarks,
} from './bookmarks.ts'
import {
  addBookmark,
  moveBookmark,
  removeBookmark,
  renameBookmark,
  restoreBookmark,
} from './change-bookmarks.ts'

/** Keys that go to the first of them: b 1 … b 9. */
const KEYS = 9

/** Cameras kept in this browser: add, go, rename, reorder, delete. */
export function BookmarksPanel({ map, selected, close }: ToolProps) {
  const { t } = useTexts()
  const bookmarks = useBookmarks()
  const [name, setName] = useState('')
  const [renaming, setRenaming] = useState<string>()
  const suggested = selected ? String(selected.feature.properties.name ?? '') : ''
  const put = (next: readonly Bookmark[]) => {
    try {
      putBookmarks(next)
    } catch {
      toastFailed(new Error(t('bookmarks.notKept')))
    }
  }
  const add = () => {
    const given = name.trim() || suggested || t('bookmarks.unnamed', { number: bookmarks.length + 1 })
    put(
      addBookmark(getBookmarks(), {
        id: newUuid(),
        name: given.slice(0, MOST_NAME),
        camera: formatCamera(readCamera(map.map)),
      }),
    )
    setName('')
  }
  const remove = (bookmark: Bookmark, at: number) => {
    put(removeBookmark(getBookmarks(), bookmark.id))
    toastDone(t('bookmarks.deleted', { name: bookmark.name }), {
      undo: () => put(restoreBookmark(getBookmarks(), bookmark, at)),
    })
  }
  const full = bookmarks.length >= MOST_BOOKMARKS
  return (
    <ToolCard title={t('tool.bookmarks')} onClose={close} testId="bookmarks">
      <p className="gw-hint">{t('bookmarks.hint')}</p>
      {bookmarks.length > 0 && (
        <ol className="gw-bookmarks">
          {bookmarks.map((bookmark, at) => (
            <li key={bookmark.id} data-testid="bookmark">
              {at < KEYS && <kbd>{`B ${at + 1}`}</kbd>}
              {renaming === bookmark.id ? (
                <Rename
                  name={bookmark.name}
                  label={t('bookmarks.rename', { name: bookmark.name })}
                  onDone={(next) => {
                    if (next !== undefined) put(renameBookmark(getBookmarks(), bookmark.id, next))
                    setRenaming(undefined)
                  }}
                />
              ) : (
                <button
                  type="button"
                  className="gw-bookmark-name"
                  title={bookmark.name}
                  onClick={() => map.goTo(bookmark.camera)}
                >
                  {bookmark.name}
                </button>
              )}
              <Act
                label={t('bookmarks.rename', { name: bookmark.name })}
                act={() => setRenaming(bookmark.id)}
              >
                <IconPencil size={14} />
              </Act>
              <Act
                label={t('bookmarks.up', { name: bookmark.name })}
                disabled={at === 0}
                act={() => put(moveBookmark(getBookmarks(), bookmark.id, -1))}
              >
                <IconArrowUp size={14} />
              </Act>
              <Act
                label={t('bookmarks.down', { name: bookmark.name })}
                disabled={at === bookmarks.length - 1}
                act={() => put(moveBookmark(getBookmarks(), bookmark.id, 1))}
              >
                <IconArrowDown size={14} />
              </Act>
              <Act label={t('bookmarks.delete', { name: bookmark.name })} act={() => remove(bookmark, at)}>
                <IconTrash size={14} />
              </Act>
            </li>
          ))}
        </ol>
      )}
      {full && <p className="gw-hint">{t('bookmarks.full', { count: MOST_BOOKMARKS })}</p>}
      <form
        className="gw-tool-row"
        onSubmit={(event) => {
          event.preventDefault()
          if (!full) add()
        }}
      >
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('bookmarks.name')}
          placeholder={suggested || t('bookmarks.name')}
          value={name}
          maxLength={MOST_NAME}
          onChange={(event) => setName(event.currentTarget.value)}
          data-testid="bookmark-name"
        />
        <Button size="xs" type="submit" disabled={full} data-testid="bookmark-add">
          {t('bookmarks.add')}
        </Button>
      </form>
    </ToolCard>
  )
}

interface ActProps {
  label: string
  disabled?: boolean
  act(): void
  children: ReactNode
}

function Act({ label, disabled, act, children }: ActProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={24}
      aria-label={label}
      title={label}
      disabled={disabled ?? false}
      onClick={act}
    >
      {children}
    </ActionIcon>
  )
}

interface RenameProps {
  name: string
  label: string
  /** undefined: nothing is to change */
  onDone(name: string | undefined): void
}

function Rename({ name, label, onDone }: RenameProps) {
  const [text, setText] = useState(name)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onDone(text)
      }}
    >
      <TextInput
        size="xs"
        aria-label={label}
        value={text}
        maxLength={MOST_NAME}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => onDone(text)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          onDone(undefined)
        }}
      />
    </form>
  )
}

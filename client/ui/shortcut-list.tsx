import './panels.css'
import { Kbd } from '@mantine/core'
import { Fragment, useSyncExternalStore } from 'react'
import { useTexts } from './i18n.ts'

export interface Shortcut {
  id: string
  label: string
  /** Ways to press it, each as the keys that are printed. */
  ways: string[][]
}
export interface ShortcutGroup {
  id: string
  title: string
  shortcuts: Shortcut[]
}

let groups: readonly ShortcutGroup[] = []
const listeners = new Set<() => void>()

/** Told by the table of commands whenever it changes; shown wherever the keys are listed. */
export function publishShortcuts(next: readonly ShortcutGroup[]): void {
  groups = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Every key the page answers, by group. */
export function ShortcutList() {
  const { t } = useTexts()
  const shown = useSyncExternalStore(subscribe, () => groups)
  return (
    <div className="gw-shortcuts">
      {shown.map(({ id, title, shortcuts }) => (
        <section key={id}>
          <h3>{title}</h3>
          <dl>
            {shortcuts.map((shortcut) => (
              <div key={shortcut.id}>
                <dt>{shortcut.label}</dt>
                <dd>
                  {shortcut.ways.map((keys, index) => (
                    <Fragment key={keys.join('+')}>
                      {index > 0 && <small>{t('shortcuts.or')}</small>}
                      {keys.map((key, at) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice
                        <Kbd key={at} size="xs">
                          {key}
                        </Kbd>
                      ))}
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

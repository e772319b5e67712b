import './panels.css'
import { Kbd } from '@mantine/core'
import { type ComponentType, Fragment, Suspense, useSyncExternalStore } from 'react'
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
let parts: readonly ComponentType[] = []
const listeners = new Set<() => void>()

/**
 * Told by the table of commands whenever it changes; shown wherever the keys are listed. What has keys of its own while it
 * is open shows them as a part, whose code may be loaded as late as that.
 */
export function publishShortcuts(
  next: readonly ShortcutGroup[],
  nextParts: readonly ComponentType[] = [],
): void {
  groups = next
  parts = nextParts
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Every key the page answers, by group. */
export function ShortcutList() {
  const shown = useSyncExternalStore(subscribe, () => groups)
  return (
    <div className="gw-shortcuts">
      {shown.map(({ id, title, shortcuts }) => (
        <ShortcutSection key={id} title={title} shortcuts={shortcuts} />
      ))}
      <Suspense>
        {parts.map((Part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <Part key={index} />
        ))}
      </Suspense>
    </div>
  )
}

export function ShortcutSection({ title, shortcuts }: Omit<ShortcutGroup, 'id'>) {
  const { t } = useTexts()
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map(({ id, label, ways }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>
              {ways.map((keys, index) => (
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
  )
}

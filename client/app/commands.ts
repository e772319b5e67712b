/**
 * What the app can do, once: the palette lists these, the keyboard runs them, the shortcut overview shows them. A
 * command without `run` only tells of a key that a part of the page answers itself.
 */
export interface Command {
  id: string
  group: CommandGroup
  label: string
  /** As useKeys reads them: `?`, `Escape`, `mod+k`, `g m` (one after the other). The first is the one shown. */
  keys?: readonly string[]
  /** Only with the map in focus. */
  onMap?: true
  /** Left out of the palette, which would only repeat itself. */
  keyOnly?: true
  run?(): void
}

export const COMMAND_GROUPS = ['go', 'view', 'layers', 'tools', 'data', 'page'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/** Whether a Mac's signs are to be shown: ⌘ for mod. */
const isMac = () => /mac|iphone|ipad/i.test(navigator.userAgent)

const SHOWN: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Backspace: '⌫',
  Enter: '↵',
  ' ': 'Space',
}

/** The keys of one shortcut as they are printed: `mod+k` → `Ctrl` `K`; `g m` → `G` `M`. */
export function shownKeys(keys: string): string[] {
  return keys.split(/[ +](?=.)/).map((key) => {
    if (key === 'mod') return isMac() ? '⌘' : 'Ctrl'
    return SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key[0]!.toUpperCase() + key.slice(1))
  })
}

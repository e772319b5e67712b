import type { Command } from './commands.ts'

export interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

export interface Match {
  command: Command | undefined
  /** First key of a sequence that has begun; to be handed in with the next key. */
  pending: string | undefined
}

/**
 * Finds the command of a key, `pending` being the first key of a sequence pressed just before. A sequence that does
 * not go on is forgotten and its second key counts as a first. Shift only matters through the letter it makes.
 */
export function matchKeys(
  commands: readonly Command[],
  pressed: Pressed,
  pending: string | undefined,
  onMap: boolean,
): Match {
  if (pressed.altKey) return { command: undefined, pending: undefined }
  const mod = pressed.ctrlKey || pressed.metaKey
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key
  const own = mod ? `mod+${key}` : key
  const find = (keys: string) =>
    commands.find((command) => command.run && command.keys?.includes(keys) && (onMap || !command.onMap))
  if (pending !== undefined) {
    const command = find(`${pending} ${own}`)
    if (command) return { command, pending: undefined }
  }
  const command = find(own)
  if (command) return { command, pending: undefined }
  const begins = commands.some(({ run, keys }) => run && keys?.some((keys) => keys.startsWith(`${own} `)))
  return { command: undefined, pending: begins ? own : undefined }
}

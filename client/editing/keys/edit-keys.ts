import type { ModeId } from '../modes/modes.ts'

/**
 * Every key of the editor, once: its handlers, the letters on its buttons and the overview of shortcuts read them here.
 * Written as in app/commands.ts. The modes that share a letter are never offered together.
 */
export const MODE_KEYS = {
  select: 'v',
  point: 'd',
  line: 'd',
  polygon: 'd',
  rectangle: 'r',
  vertices: 'b',
  split: 'x',
  merge: 'j',
  hole: 'h',
  move: 'm',
  rotate: 'o',
  scale: 'z',
} as const satisfies Record<ModeId, string>

const ARROWS = ['ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft'] as const

export const EDIT_KEYS = {
  any: {
    undo: ['mod+z'],
    redo: ['mod+y', 'mod+shift+z'],
    finish: ['Enter'],
    back: ['Backspace'],
    cancel: ['Escape'],
    delete: ['Delete'],
    snap: ['s'],
    trace: ['t'],
    square: ['q'],
    close: ['e'],
  },
  vertex: {
    before: ['['],
    after: [']'],
    step: ARROWS,
    stretch: ['a'],
    insert: ['Insert'],
    remove: ['Delete', 'Backspace'],
    through: [' '],
  },
  whole: {
    step: ARROWS,
    turn: ['ArrowLeft', 'ArrowRight'],
    grow: ['ArrowUp', 'ArrowDown'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** Whether a key is one of those. Shift counts only together with Ctrl or ⌘: elsewhere it makes a step longer. */
export function isOneOf(keys: readonly string[], { key, ctrlKey, metaKey, shiftKey }: Pressed): boolean {
  const mod = ctrlKey || metaKey
  const name = key.length === 1 ? key.toLowerCase() : key
  return keys.includes(`${mod ? 'mod+' : ''}${mod && shiftKey ? 'shift+' : ''}${name}`)
}

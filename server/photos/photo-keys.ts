import type { PhotoSize } from '../../geodata/notes/note.schema.ts'

/** The store's key of one size of a photo; 256 folders keep each of them short. */
export function photoKey(id: string, size: PhotoSize): string {
  const plain = id.replaceAll('-', '')
  return `${plain.slice(0, 2)}/${plain}-${size}.jpg`
}

import { createRandom } from '../demo/random.ts'

/** A UUID (version 4 in form) that follows from its keys: the same question has the same answer, ids included. */
export function makeUuid(...keys: number[]): string {
  const random = createRandom(...keys)
  const bytes = Array.from({ length: 16 }, () => random.int(0, 255))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

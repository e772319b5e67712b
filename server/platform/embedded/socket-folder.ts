import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const PREFIX = 'gridward-socket-'
/** The shortest limit of the platforms for the path of a socket, in bytes. */
const LIMIT = 103

/** Makes a folder that its owner alone can enter and returns the path of the socket to be made in it. */
export function makeSocketPath(): string {
  const below =
    Buffer.byteLength(join(tmpdir(), `${PREFIX}XXXXXX`, '.s.PGSQL.5432')) <= LIMIT ? tmpdir() : '/tmp'
  return join(mkdtempSync(join(below, PREFIX)), '.s.PGSQL.5432')
}

export const isSocketFolder = (folder: string): boolean => basename(folder).startsWith(PREFIX)

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
/** A phone in the street has less to spare than a desk. */
const LIMIT_BYTES = { index: 250_000, field: 150_000 }

/** Scripts that the browser must have before the page runs: the entry and all that it imports statically. */
async function initialScripts(page: string): Promise<Map<string, Buffer>> {
  const html = await readFile(`${DIST}${page}.html`, 'utf8')
  const waiting = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!)
  const scripts = new Map<string, Buffer>()
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (scripts.has(path)) continue
    const bytes = await readFile(DIST + path)
    scripts.set(path, bytes)
    for (const [, imported] of bytes.toString().matchAll(/\b(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      waiting.push(`assets/${imported}`)
  }
  return scripts
}

test.each(['index', 'field'] as const)(
  'the script that %s waits for stays within 250 kB gzip (150 on a phone), and the map is not in it',
  async (page) => {
    const scripts = await initialScripts(page)
    const bytes = [...scripts.values()].reduce((sum, script) => sum + gzipSync(script).length, 0)
    console.log(
      `initial JavaScript of ${page}: ${(bytes / 1000).toFixed(1)} kB gzip in ${scripts.size} files`,
    )
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES[page])
    expect([...scripts.keys()].filter((path) => /map-view|density/.test(path))).toEqual([])
  },
)

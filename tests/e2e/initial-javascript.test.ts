import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const LIMIT_BYTES = 250_000

/** Scripts that the browser must have before the page runs: the entry and all that it imports statically. */
async function initialScripts(): Promise<Map<string, Buffer>> {
  const html = await readFile(`${DIST}index.html`, 'utf8')
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

test('the script before the map stays within 250 kB gzip, and the map is not in it', async () => {
  const scripts = await initialScripts()
  const bytes = [...scripts.values()].reduce((sum, script) => sum + gzipSync(script).length, 0)
  console.log(`initial JavaScript: ${(bytes / 1000).toFixed(1)} kB gzip in ${scripts.size} files`)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
  expect([...scripts.keys()].filter((path) => /map-view|density/.test(path))).toEqual([])
})

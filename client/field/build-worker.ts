import { type Plugin, type Rolldown, transformWithOxc } from 'vite'

/**
 * Writes field-worker.js beside the pages: client/field/service-worker.ts with the list of the files that the field page
 * is made of. They are known only once everything is built, and a change to any of them makes another worker.
 */
export function fieldWorker(): Plugin {
  const source = decodeURI(new URL('./service-worker.ts', import.meta.url).pathname)
  return {
    name: 'gridward-field-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const parts = partsOf(this, bundle)
      if (parts.length === 0) this.error('The field page is in no chunk: is it still an input of the build?')
      const files = [...parts.map((name) => `/${name}`), ...PUBLIC]
      const build = hash([...files, textOf(bundle['field.html'])].join('\n'))
      const script = await this.fs.readFile(source, { encoding: 'utf8' })
      const { code } = await transformWithOxc(script, source, { sourcemap: false })
      const field = JSON.stringify({ build, files })
      this.emitFile({ type: 'asset', fileName: 'field-worker.js', source: `const FIELD = ${field}\n${code}` })
    },
  }
}

/** In client/public, without a hash in their names. */
const PUBLIC = ['/gridward.svg', '/field.webmanifest', '/field-192.png']

interface Build {
  getModuleInfo(id: string): Rolldown.ModuleInfo | null
}

/**
 * Chunks, style sheets and workers of the page, with what it loads later. What it loads later is looked for in its modules,
 * not in its chunks: one that the dashboard shares would lead to all of the dashboard.
 */
function partsOf(build: Build, bundle: Rolldown.OutputBundle): string[] {
  const entry = decodeURI(new URL('../field.html', import.meta.url).pathname)
  const [modules, entries] = [new Set([entry]), new Set([entry])]
  for (const id of modules) {
    const info = build.getModuleInfo(id)
    for (const next of info?.dynamicallyImportedIds ?? []) entries.add(next)
    for (const next of [...(info?.importedIds ?? []), ...(info?.dynamicallyImportedIds ?? [])])
      modules.add(next)
  }
  const parts = Object.values(bundle)
  const found = new Set(
    parts
      .filter(
        (part) =>
          part.type === 'chunk' &&
          (entries.has(part.facadeModuleId ?? '') || part.moduleIds.some((id) => entries.has(id))),
      )
      .map(({ fileName }) => fileName),
  )
  for (const name of found) {
    const part = bundle[name]
    if (part?.type !== 'chunk') continue
    for (const next of part.imports) found.add(next)
    for (const style of part.viteMetadata?.importedCss ?? []) found.add(style)
  }
  for (const id of modules) {
    const [, name] = /([^/]+)\.m?js\?worker\b/.exec(id) ?? []
    for (const { fileName } of parts) if (name && fileName.startsWith(`assets/${name}-`)) found.add(fileName)
  }
  return [...found].sort()
}

const textOf = (part: Rolldown.OutputBundle[string] | undefined): string =>
  part?.type === 'asset' ? String(part.source) : ''

/** FNV-1a. The names of the files carry hashes of what is in them. */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0)!, 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** Of the command line: what stands behind `--name`. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** Progress, apart from the figures that go to standard output. */
export const say = (line: string) => process.stderr.write(`${line}\n`)

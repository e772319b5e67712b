import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HALF_WORLD_METRES, type TileAddress, tileMetres } from '../../server/tiles/tile-address.ts'
import { tileRules } from '../../server/tiles/tile-rules.ts'
import { mvtSql } from '../../server/tiles/tile-sql.ts'

const run = promisify(execFile)
const PATH = `${process.env.PATH}:/usr/lib/postgresql/15/bin`

/** As it says itself, e.g. “pgbench (PostgreSQL) 15.8”. */
export const pgbenchVersion = async (): Promise<string> =>
  (await run('pgbench', ['--version'], { env: { ...process.env, PATH } })).stdout.trim()

/** Tiles per second that the database alone, with the server’s settings, gives for the same SQL on the same tiles, by pgbench -M prepared. */
export async function runPgbench(
  url: string,
  tiles: TileAddress[],
  clients: number,
  seconds: number,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'gridward-bench-'))
  try {
    const file = join(folder, 'tile.sql')
    await writeFile(file, script(tiles))
    const { stdout } = await run(
      'pgbench',
      ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '1', '-T', `${Math.ceil(seconds)}`, '-f', file, url],
      {
        env: {
          ...process.env,
          PATH,
          PGOPTIONS: '-c jit=off -c work_mem=16MB',
        },
      },
    )
    const tps = /tps = ([\d.]+) \(without/.exec(stdout)?.[1]
    if (!tps) throw new Error(`pgbench gave no figure:\n${stdout}`)
    return Number(tps)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Picks a tile of the list at random each time; its sides are the query’s parameters. */
function script(tiles: TileAddress[]): string {
  const z = tiles[0]!.z
  const size = tileMetres(z)
  const choose = (part: 'x' | 'y') =>
    `CASE ${tiles.map((tile, i) => `WHEN :i = ${i} THEN ${tile[part]}`).join(' ')} END`
  const sides = ['west', 'south', 'east', 'north']
  const sql = sides.reduce(
    (text, side, i) => text.replaceAll(`$${i + 1}`, `:${side}`),
    mvtSql('buildings', z, tileRules('buildings', z, 0)),
  )
  return [
    `\\set i random(0, ${tiles.length - 1})`,
    `\\set x ${choose('x')}`,
    `\\set y ${choose('y')}`,
    `\\set west :x * ${size} - ${HALF_WORLD_METRES}`,
    `\\set south ${HALF_WORLD_METRES} - (:y + 1) * ${size}`,
    `\\set east (:x + 1) * ${size} - ${HALF_WORLD_METRES}`,
    `\\set north ${HALF_WORLD_METRES} - :y * ${size}`,
    `${sql.replaceAll('\n', ' ')};`,
    '',
  ].join('\n')
}

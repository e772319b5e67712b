import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCsv } from '../support/parse-csv.ts'
import { numberOf } from './read-instances.ts'

export interface SpoptProblem {
  siteNames: string[]
  demandNames: string[]
  /** Sites × demands. */
  metres: Float64Array
  weights: Float64Array
  withinMetres: number
  p: number
  expected: {
    mclp: { sites: string[]; covered_population: number; uncovered_tracts: number }
    p_median: { sites: string[]; weighted_distance: number; mean_dist: number }
    p_center: { sites: string[]; max_distance: number }
    lscp: { min_sites: number; all_optimal_sets: string[][] }
  }
}

const NETWORK = /^SF_network_distance.*\.csv$/

/** What spopt's own tests ask of San Francisco: stores, tracts, the ways between them, and what is right. */
export async function readSpopt(folder: string, files: readonly string[]): Promise<SpoptProblem> {
  const expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'))
  const network = files.find((file) => NETWORK.test(file))
  if (!network) throw new Error('it holds an expected.json, but no SF_network_distance….csv')
  const text = (await readFile(join(folder, network), 'utf8')).trimEnd()
  const [head = [], ...rows] = parseCsv(`${text.replace(/\r?\n/g, '\r\n')}\r\n`)
  const column = (name: string) => {
    const at = head.indexOf(name)
    if (at < 0) throw new Error(`${network} has no column “${name}”`)
    return at
  }
  const [distance, site, demand, weight] = ['distance', 'name', 'DestinationName', 'demand'].map(column) as [
    number,
    number,
    number,
    number,
  ]
  const siteNames = [...new Set(rows.map((row) => row[site]!))].sort()
  const demandNames = [...new Set(rows.map((row) => row[demand]!))].sort()
  const siteAt = new Map(siteNames.map((name, at) => [name, at]))
  const demandAt = new Map(demandNames.map((name, at) => [name, at]))
  const metres = new Float64Array(siteNames.length * demandNames.length).fill(Number.POSITIVE_INFINITY)
  const weights = new Float64Array(demandNames.length)
  for (const [at, row] of rows.entries()) {
    const to = demandAt.get(row[demand]!)!
    metres[siteAt.get(row[site]!)! * demandNames.length + to] = numberOf(
      row[distance],
      `the distance in line ${at + 2} of ${network}`,
    )
    weights[to] = numberOf(row[weight], `the demand in line ${at + 2} of ${network}`)
  }
  return {
    siteNames,
    demandNames,
    metres,
    weights,
    withinMetres: expected.service_radius_m,
    p: expected.p,
    expected,
  }
}

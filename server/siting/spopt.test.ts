import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { answerSiting } from '../../geodata/siting/answer-siting.ts'
import type { SitingAim } from '../../geodata/siting/siting-choices.ts'
import { readSpopt } from '../../tests/bench/read-spopt.ts'
import { openSolver } from '../platform/open-solver.ts'

const FOLDER = new URL('../../../shared/data/location/spopt-san-francisco/', import.meta.url).pathname
if (!existsSync(FOLDER)) console.log('Skipped: San Francisco of spopt, because ../shared/data is not here.')

test.skipIf(!existsSync(FOLDER))('San Francisco is answered as spopt answers it, site by site', async () => {
  const read = await readSpopt(FOLDER, await readdir(FOLDER))
  const { expected, metres, weights, withinMetres, siteNames, demandNames, p } = read
  const solve = await openSolver()
  const ask = (aim: SitingAim, limit: number | undefined) => {
    const outcome = answerSiting(
      {
        aim,
        withinMetres,
        limit,
        curve: () => [],
        seconds: 20,
        seed: 1,
        problem: {
          demands: demandNames.length,
          sites: siteNames.length,
          metres,
          weights,
          prices: new Float64Array(siteNames.length).fill(1),
          isKept: new Uint8Array(siteNames.length),
        },
      },
      { solve, clock: () => performance.now() / 1000, isStopped: () => false, progress: () => undefined },
    )
    const step = outcome.steps[outcome.chosen]!
    return { ...step, names: step.sites.map((site) => siteNames[site]!).sort() }
  }
  const most = ask('cover-most', p)
  expect(most).toMatchObject({
    value: expected.mclp.covered_population,
    isProven: true,
    names: expected.mclp.sites,
  })
  const mean = ask('least-mean', p)
  expect(mean.names).toEqual(expected.p_median.sites)
  expect(mean.value).toBeCloseTo(expected.p_median.weighted_distance, 4)
  expect(mean.measures.meanMetres).toBeCloseTo(expected.p_median.mean_dist, 8)
  const worst = ask('least-worst', p)
  expect(worst).toMatchObject({ value: expected.p_center.max_distance, isProven: true })
  const all = ask('cover-all', undefined)
  expect(all).toMatchObject({ value: expected.lscp.min_sites, isProven: true })
  expect(expected.lscp.all_optimal_sets).toContainEqual(all.names)
})

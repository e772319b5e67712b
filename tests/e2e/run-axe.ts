import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Violations that keep someone out, as axe rates them. Evaluated by the debugger: the page's own policy forbids it. */
export async function graveViolations(page: Page): Promise<string[]> {
  await page.evaluate(await source)
  let found = await violations(page)
  // On a busy machine a theme may be half put on; what is wrong stays so.
  for (let again = 0; again < 3 && found.length > 0; again++) {
    await page.waitForTimeout(700)
    found = await violations(page)
  }
  return found
}

async function violations(page: Page): Promise<string[]> {
  const results = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults
  expect(results.passes.length + results.violations.length).toBeGreaterThan(0)
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary?.slice(0, 200)}`,
      ),
    )
}

import type { ImportReport } from '../../geodata/exchange/import-report.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

const SHOWN = 20

/** An import report as text for a terminal: everything counted, the first of long lists. */
export function describeReport(report: ImportReport): string {
  const lines = [headline(report), `Read: ${entries(report.read)}`, '', ...layerTable(report)]
  const { network, unassigned, skipped } = report
  if (network && network.segments > 0)
    lines.push(
      '',
      `Roads: ${network.kilometres.toFixed(1)} km, of which walkable ${network.walkableKilometres.toFixed(1)} km in ` +
        `${network.components} connected parts; the largest holds ${(network.largestShare * 100).toFixed(1)} %`,
    )
  lines.push(
    '',
    `Outside every community: ${unassigned.buildings} buildings, ${unassigned.facilities} facilities, ` +
      `${unassigned.checkpoints} checkpoints, ${unassigned.hazards} hazards`,
  )
  if (unassigned.buildingIds.length > 0) lines.push(`  ${list(unassigned.buildingIds, unassigned.buildings)}`)
  if (report.overlappingCommunities.length > 0) {
    lines.push('', `Communities that overlap: ${report.overlappingCommunities.length}`)
    for (const { first, second, squareMetres } of report.overlappingCommunities.slice(0, SHOWN))
      lines.push(`  ${first} and ${second}: ${squareMetres} m²`)
  }
  if (skipped.total > 0) {
    lines.push('', `Skipped: ${skipped.total}`)
    for (const { reason, count } of skipped.reasons.slice(0, SHOWN)) lines.push(`  ${count} × ${reason}`)
    for (const { feature, reason } of skipped.items.slice(0, SHOWN)) lines.push(`    ${feature}: ${reason}`)
    if (skipped.total > SHOWN) lines.push('    … --json lists the first 1000')
  }
  if (report.altered.total > 0) {
    lines.push('', `Taken with a change to the shape: ${report.altered.total}`)
    for (const { feature, change } of report.altered.items.slice(0, SHOWN))
      lines.push(`    ${feature}: ${change}`)
  }
  if (report.unknownProperties.length > 0)
    lines.push(
      '',
      `Unknown properties left out: ${report.unknownProperties.map(({ property, count }) => `${property} (${count})`).join(', ')}`,
    )
  if (report.notes.length > 0)
    lines.push('', ...report.notes.map(({ note, count }) => `Note: ${note} (${count})`))
  if (report.attribution)
    lines.push('', `Attribution: ${report.attribution}${report.licence ? ` (${report.licence})` : ''}`)
  return lines.join('\n')
}

function headline({ dryRun, changed, fileName, batchId }: ImportReport): string {
  if (!changed) return `${fileName}: everything is there already; nothing was changed.`
  return dryRun
    ? `${fileName}: a dry run; nothing was changed.`
    : `${fileName}: imported as batch ${batchId}.`
}

function layerTable({ layers }: ImportReport): string[] {
  const columns = [
    'read',
    'created',
    'updated',
    'unchanged',
    'keptLocal',
    'rejected',
    'removed',
    'notInFile',
  ] as const
  const rows = Object.entries(layers).map(([layer, counts]) => [
    LAYERS[layer as LayerId].title.en,
    ...columns.map((column) => String(counts[column])),
  ])
  const titles = [
    '',
    'read',
    'created',
    'updated',
    'unchanged',
    'kept ours',
    'rejected',
    'removed',
    'not in file',
  ]
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  return [titles, ...rows].map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  )
}

const entries = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')

const list = (items: string[], total: number): string =>
  items.slice(0, SHOWN).join(', ') + (total > SHOWN ? `, … (${total} in all)` : '')

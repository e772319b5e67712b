import { type ChangeSet, MAX_CHANGES, type Put } from '../../geodata/editing/change-set.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { normaliseGeometry } from '../../geodata/shared/normalise-geometry.ts'
import { Problem, type ProblemIssue } from '../../geodata/shared/problem.ts'
import { putSchema } from '../features/feature.schema.ts'
import type { SentChanges } from './change.schema.ts'

const MAX_ISSUES = 20
const schemas = new Map<LayerId, ReturnType<typeof putSchema>>()

/**
 * A change set whose geometries are normalised and whose properties satisfy their layers' input schemas. Throws
 * invalid-body, invalid-geometry; the issues say where.
 */
export function readChanges({ puts, deletes }: SentChanges): ChangeSet {
  const count = puts.length + deletes.length
  if (count === 0)
    throw new Problem('invalid-body', 'The change set holds no change. Send at least one put or delete.')
  if (count > MAX_CHANGES)
    throw new Problem(
      'invalid-body',
      `The change set holds ${count} changes; at most ${MAX_CHANGES} are applied at once. Send them in parts.`,
    )
  const issues = [...repeated(puts, deletes), ...versionsAmiss(puts)]
  if (issues.length > 0) throw refusal('invalid-body', issues)
  const read: Put[] = []
  const shapes: ProblemIssue[] = []
  puts.forEach((put, index) => {
    if (issues.length >= MAX_ISSUES || shapes.length >= MAX_ISSUES) return
    const { layer, id, version } = put
    const geometry = normaliseGeometry(put.geometry, LAYERS[layer].geometry)
    if (!geometry.ok) shapes.push({ at: `/puts/${index}/geometry`, message: geometry.reason })
    const properties = readProperties(layer, put.properties, `/puts/${index}/properties`, issues)
    if (geometry.ok && properties) read.push({ layer, id, version, geometry: geometry.geometry, properties })
  })
  if (issues.length > 0) throw refusal('invalid-body', issues)
  if (shapes.length > 0) throw refusal('invalid-geometry', shapes)
  return { puts: read, deletes }
}

function refusal(code: 'invalid-body' | 'invalid-geometry', issues: ProblemIssue[]): Problem {
  const what = code === 'invalid-body' ? 'The change set does not fit' : 'A shape cannot be stored'
  const list = issues.slice(0, MAX_ISSUES).map(({ at, message }) => `${at} ${message}`)
  return new Problem(code, `${what}: ${list.join('; ')}. Nothing was changed.`, {
    issues: issues.slice(0, MAX_ISSUES),
  })
}

function repeated(puts: SentChanges['puts'], deletes: SentChanges['deletes']): ProblemIssue[] {
  const seen = new Set<string>()
  const issues: ProblemIssue[] = []
  const look = (layer: LayerId, id: number, at: string) => {
    // A negative number is a name: it may stand for one feature only, whatever the layer.
    const key = id < 0 ? String(id) : `${layer}/${id}`
    if (seen.has(key))
      issues.push({ at, message: `names ${layer} ${id} a second time; expected each feature once` })
    seen.add(key)
  }
  puts.forEach(({ layer, id }, index) => {
    look(layer, id, `/puts/${index}`)
  })
  deletes.forEach(({ layer, id }, index) => {
    look(layer, id, `/deletes/${index}`)
  })
  return issues
}

const versionsAmiss = (puts: SentChanges['puts']): ProblemIssue[] =>
  puts.flatMap(({ id, version }, index) => {
    const at = `/puts/${index}/version`
    if (id > 0 && version === null)
      return [{ at, message: `is null, but ${id} is a stored feature: expected the version you read` }]
    if (id < 0 && version !== null)
      return [{ at, message: `is ${version}, but ${id} is a new feature: expected null` }]
    return []
  })

/** What was read can be sent back: derived properties are taken and left out. */
function readProperties(
  layer: LayerId,
  sent: unknown,
  at: string,
  issues: ProblemIssue[],
): Record<string, unknown> | undefined {
  let schema = schemas.get(layer)
  if (!schema) {
    schema = putSchema(LAYERS[layer])
    schemas.set(layer, schema)
  }
  const result = schema.shape.properties.safeParse(sent)
  if (!result.success) {
    for (const { path, message } of result.error.issues)
      issues.push({ at: [at, ...path.map(String)].join('/'), message })
    return undefined
  }
  return Object.fromEntries(Object.entries(result.data).filter(([key]) => key in LAYERS[layer].input.shape))
}

import { CODE_ID } from '../../geodata/exchange/geojson/read-feature.ts'
import { type CodedLayer, parseCode } from '../../geodata/shared/codes.ts'
import type { IncomingFeature } from '../../geodata/shared/feature.ts'
import type { TransactionSql } from '../platform/database.ts'
import { codesOfBuildings, knownSourceIds, sourceIdsOfCodes } from './import.store.ts'

/**
 * Gives features that are named by their code the source id of the row that is meant: the row that once came under this
 * code, else the one that has it now. Building codes are also generated here, so a building's may have gone to
 * another row meanwhile: then the feature comes without a code and keeps its own. `claimed` are the source ids of the
 * file until now. Changes the features.
 */
export async function identifyByCode(
  tx: TransactionSql,
  layer: CodedLayer,
  features: IncomingFeature[],
  claimed: ReadonlySet<string>,
): Promise<void> {
  const named = features.filter(({ sourceId }) => sourceId.startsWith(CODE_ID))
  const ids = new Set(named.map(({ sourceId }) => sourceId))
  const owners = await sourceIdsOfCodes(
    tx,
    layer,
    [...ids].map((id) => id.slice(CODE_ID.length)),
  )
  const known = await knownSourceIds(tx, layer, [...ids])
  for (const feature of named) {
    const owner = owners.get(feature.sourceId.slice(CODE_ID.length))
    if (owner === undefined || owner === feature.sourceId) continue
    const ofAnother = owner.startsWith(CODE_ID) && (ids.has(owner) || claimed.has(owner))
    if (!known.has(feature.sourceId) && !ofAnother) feature.sourceId = owner
    else if (layer === 'buildings') feature.properties = { ...feature.properties, code: null }
  }
}

/** The code that a file gives to a building. */
export const givenCode = ({ properties: { code } }: IncomingFeature): string | undefined =>
  typeof code === 'string' ? parseCode('buildings', code) : undefined

/** Buildings whose code in the database is not the one that the file gives them, after the import was settled. */
export async function lostCodes(
  tx: TransactionSql,
  given: ReadonlyMap<string, string>,
): Promise<{ feature: string; change: string }[]> {
  const lost: { feature: string; change: string }[] = []
  for (const [feature, code] of await codesOfBuildings(tx, [...given.keys()])) {
    const wanted = given.get(feature)
    if (wanted === code) continue
    const now = code ? `the building has ${code}` : 'the building has none, as it lies in no micro-grid'
    lost.push({ feature, change: `the code ${wanted} was not kept: ${now}` })
  }
  return lost
}

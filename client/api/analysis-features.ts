import type { AnalysisFeature } from '../../geodata/coverage/analysis.schema.ts'
import { getPartFeatures } from './analyses.ts'

const PAGE = 1000

/** Features that an analysis found, the first `most` of a part. */
export async function readPartFeatures(
  id: string,
  part: string,
  most: number,
): Promise<{ features: AnalysisFeature[]; isCut: boolean }> {
  const features: AnalysisFeature[] = []
  for (let cursor: string | null = '0'; cursor !== null; ) {
    const page = await getPartFeatures(id, part, { limit: PAGE, cursor })
    features.push(...page.features)
    cursor = page.next
    if (features.length >= most) return { features: features.slice(0, most), isCut: cursor !== null }
  }
  return { features, isCut: false }
}

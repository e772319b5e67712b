import { type SitingParams, sitingParamsSchema } from '../../../geodata/siting/siting.schema.ts'

/** As the form opens at first: two more AEDs, at crossings and along streets. */
export const initialParams = (): SitingParams =>
  sitingParamsSchema.parse({
    aim: 'cover-most',
    kinds: ['aed'],
    walkMetres: 300,
    sites: 2,
    candidates: { crossings: true, streetMetres: 100 },
  })

/** Parameters as they are kept, whole; what does not fit is asked as at first. */
export function readParams(given: unknown): SitingParams {
  const read = sitingParamsSchema.safeParse(given)
  return read.success ? read.data : initialParams()
}

export const LIMITS = ['number', 'budget', 'need'] as const
export type Limit = (typeof LIMITS)[number]

export const limitOf = ({ sites, budget }: SitingParams): Limit =>
  sites !== null ? 'number' : budget !== null ? 'budget' : 'need'

const USUAL_SITES = 2
const USUAL_BUDGET = 10

/** The parameters limited in another way. What stands can be moved for a number of sites only. */
export function limitBy(params: SitingParams, limit: Limit): SitingParams {
  return {
    ...params,
    sites: limit === 'number' ? (params.sites ?? USUAL_SITES) : null,
    budget: limit === 'budget' ? (params.budget ?? Math.max(USUAL_BUDGET, params.price)) : null,
    existing: limit !== 'number' && params.existing === 'move' ? 'keep' : params.existing,
  }
}

/** Only covering everyone can go without a limit, and it usually does. */
export const askFor = (params: SitingParams, aim: SitingParams['aim']): SitingParams =>
  aim === 'cover-all'
    ? limitBy({ ...params, aim }, 'need')
    : limitBy({ ...params, aim }, limitOf(params) === 'need' ? 'number' : limitOf(params))

/** Whether there is any place to choose from. */
export const hasSource = ({ candidates }: SitingParams): boolean =>
  candidates.drawn.length > 0 ||
  candidates.facilityKinds.length > 0 ||
  candidates.checkpoints ||
  candidates.grounds ||
  candidates.crossings ||
  candidates.streetMetres !== null

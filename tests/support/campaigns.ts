import { expect } from 'vitest'
import type { Campaign, CampaignTarget } from '../../geodata/campaigns/campaign.schema.ts'
import type { Checklist } from '../../geodata/campaigns/checklist.schema.ts'
import type { Answer } from './call-api.ts'

type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

/** Ways to ask for campaigns that tests have in common. */
export function campaignClient(call: Call) {
  const must = async (status: number, ...asked: Parameters<Call>) => {
    const answer = await call(...asked)
    expect(answer.status, `${asked[0]} ${asked[1]}: ${JSON.stringify(answer.body)}`).toBe(status)
    return answer
  }
  const checklist = async (purpose = 'visit'): Promise<Checklist> => {
    const { body } = await must(200, 'GET', '/checklists')
    return body.checklists.find((each: Checklist) => each.purpose === purpose)
  }
  const begin = async (more: object = {}): Promise<Campaign> =>
    (await must(201, 'POST', '/campaigns', await inputOf(more))).body
  const inputOf = async (more: object) => ({
    name: '冬防',
    checklistId: (await checklist()).id,
    startsOn: '2026-11-01',
    endsOn: '2027-03-31',
    layer: 'buildings',
    ...more,
  })
  const targets = async (id: number, query = ''): Promise<CampaignTarget[]> =>
    (await must(200, 'GET', `/campaigns/${id}/targets${query}`)).body.targets
  const visit = (campaign: number, target: number, body: object, by = call) =>
    by('POST', `/campaigns/${campaign}/targets/${target}/visits`, body)
  const visited = async (campaign: number, target: number, more: object = {}): Promise<CampaignTarget> => {
    const answer = await visit(campaign, target, visitOf(more))
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
    return answer.body.target
  }
  return { must, checklist, begin, inputOf, targets, visit, visited }
}

export const visitOf = (more: object = {}) => ({
  id: crypto.randomUUID(),
  checklistVersion: 1,
  outcome: 'checked',
  ...more,
})
export const versionOf = (version: number) => ({ 'if-match': `"${version}"` })

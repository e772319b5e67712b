import { TARGET_STATES, type TargetState } from '../../geodata/campaigns/campaign.schema.ts'

/** With findings, or to be looked at again now. */
export const OPEN_STATES = ['findings', 'reinspect-due', 'reinspect-overdue'] as const
export type ShownState = TargetState | 'open'

/** What of a campaign is shown: a visit comes back to it. */
export interface TargetChoice {
  state?: ShownState | undefined
  /** Code of a cell that the places lie in. */
  cell?: string | undefined
  /** The progress by cell instead of the list. */
  byCell?: boolean | undefined
}

/** What the workspace shows, as it stands in the URL: `c/12/t/34?state=open`, `premises/5`, `watch/十户联防组 001` … */
export type CampaignsAsk =
  | { what: 'campaigns' | 'new' | 'premises' | 'watch' | 'alarms' | 'checklists' }
  | { what: 'campaign'; id: number; choice: TargetChoice }
  | { what: 'target'; id: number; target: number; choice: TargetChoice }
  | { what: 'one-premises'; id: number }
  | { what: 'group'; holder: string }

const SIMPLE = ['new', 'premises', 'watch', 'alarms', 'checklists'] as const

/** What cannot be read shows the campaigns: an old link must still open. */
export function readAsk(text: string | undefined): CampaignsAsk {
  const simple = SIMPLE.find((what) => what === text)
  if (simple) return { what: simple }
  const campaign = /^c\/(\d{1,15})(?:\/t\/(\d{1,15}))?(?:[?](.*))?$/.exec(text ?? '')
  if (campaign) {
    const [, id, target, choice] = campaign
    const common = { id: Number(id), choice: readChoice(choice) }
    return target ? { what: 'target', target: Number(target), ...common } : { what: 'campaign', ...common }
  }
  const premises = /^premises\/(\d{1,15})$/.exec(text ?? '')
  if (premises) return { what: 'one-premises', id: Number(premises[1]) }
  const group = /^watch\/(.+)$/.exec(text ?? '')
  if (group) return { what: 'group', holder: group[1]! }
  return { what: 'campaigns' }
}

export const SECTIONS = ['campaigns', 'premises', 'watch', 'alarms', 'checklists'] as const
export type Section = (typeof SECTIONS)[number]

/** Under which heading it stands. */
export function sectionOf({ what }: CampaignsAsk): Section {
  if (what === 'one-premises') return 'premises'
  if (what === 'group') return 'watch'
  return SECTIONS.find((section) => section === what) ?? 'campaigns'
}

function readChoice(text = ''): TargetChoice {
  const asked = new URLSearchParams(text)
  const cell = asked.get('in') ?? ''
  return {
    state: ([...TARGET_STATES, 'open'] as const).find((state) => state === asked.get('state')),
    cell: /^\d{12}(\d{3}(\d{2})?)?$/.test(cell) ? cell : undefined,
    byCell: asked.get('show') === 'cells' || undefined,
  }
}

/** A campaign, or one of its places, as it stands in the URL. */
export function campaignAsk(id: number, { state, cell, byCell }: TargetChoice, target?: number): string {
  const asked = new URLSearchParams({
    ...(state ? { state } : {}),
    ...(cell ? { in: cell } : {}),
    ...(byCell ? { show: 'cells' } : {}),
  }).toString()
  return `c/${id}${target === undefined ? '' : `/t/${target}`}${asked && `?${asked}`}`
}

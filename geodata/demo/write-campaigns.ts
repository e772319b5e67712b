import { addDays, afterVisit, dayOf, type Outcome } from '../campaigns/after-visit.ts'
import type { Found } from '../campaigns/checklist.schema.ts'
import type { FireWatchKind } from '../campaigns/fire-watch.schema.ts'
import type { PremisesKind } from '../campaigns/premises.schema.ts'
import { PREMISES_KINDS } from '../duties/groups.schema.ts'
import { makeUuid } from '../patrols/make-uuid.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { DemoLayers } from './generate-demo.ts'
import { createRandom, type Random } from './random.ts'
import type { DemoDuty } from './write-duties.ts'

export interface DemoVisit {
  id: string
  at: string
  outcome: 'checked' | 'no-access'
  findings: Found[]
  measures: string[]
}
export interface DemoTarget {
  sourceId: string
  outcome: Outcome | null
  reinspectOn: string | null
  visit: DemoVisit | null
}
export interface DemoPremises {
  sourceId: string
  kind: PremisesKind
  name: string
  trade: string
  filedOn: string
  checkedOn: string | null
  closedOn: string | null
  findings: Found[]
}
export interface DemoFireWatch {
  id: string
  holder: string
  kind: FireWatchKind
  on: string
  attended: number
}
export interface DemoAlarm {
  sourceId: string
  count: number
  installedOn: string
  batteryOn: string | null
  testedOn: string | null
}
export interface DemoCampaigns {
  campaign: {
    name: string
    note: string
    startsOn: string
    endsOn: string
    filter: string
    reinspectDays: number
  }
  targets: DemoTarget[]
  premises: DemoPremises[]
  duties: DemoDuty[]
  fireWatch: DemoFireWatch[]
  alarms: DemoAlarm[]
}

const MOST_TARGETS = 240
const MOST_PREMISES = 36
const MOST_ALARMS = 160
const MOST_GROUPS = 6
const GROUP_SIZE = 10
const REINSPECT_DAYS = 14
const FINDINGS = ['escape', 'ebike', 'wiring', 'equipment', 'live-in']
const MEASURES: Record<string, string> = {
  escape: 'clear',
  ebike: 'remove-battery',
  wiring: 'rewire',
  equipment: 'alarm',
  'live-in': 'move-out',
}
const TRADES = ['五金', '餐饮', '水果', '理发', '家电维修', '服装', '便利店', '快递驿站', '裁缝', '废品回收']
const SHOP_NAMES = ['顺达', '鸿运', '新友', '和润', '利民', '佳佳', '百味', '永兴', '万顺', '同心']

/**
 * A winter campaign of which a third is done, a register of premises, fire-watch groups and smoke alarms of a demo area.
 * Same layers, time and seed: identical output.
 */
export function writeCampaigns(layers: DemoLayers, nowIso: string, seed = 1): DemoCampaigns {
  const random = createRandom(seed, 21)
  const today = dayOf(nowIso)
  const used = (...uses: string[]) =>
    layers.buildings.filter(({ properties }) => uses.includes(String(properties.use)))
  const trading = used('mixed', 'commercial')
  const { duties, fireWatch } = writeGroups(layers.facilities, today, seed)
  return {
    campaign: {
      name: '今冬明春火灾防控',
      note: '演示数据：沿街商住楼和商业楼逐栋检查。',
      startsOn: addDays(today, -30),
      endsOn: addDays(today, 60),
      filter: 'kind=commercial,mixed',
      reinspectDays: REINSPECT_DAYS,
    },
    targets: trading
      .slice(0, MOST_TARGETS)
      .map((building, at) => writeTarget(building.sourceId, at, { random, nowIso, seed })),
    premises: spread(trading, MOST_PREMISES).map((building, at) =>
      writePremises(building.sourceId, at, random, today),
    ),
    duties,
    fireWatch,
    alarms: spread(used('residential', 'mixed'), MOST_ALARMS).map((building) =>
      writeAlarms(building, random, today),
    ),
  }
}

function writeTarget(
  sourceId: string,
  at: number,
  { random, nowIso, seed }: { random: Random; nowIso: string; seed: number },
): DemoTarget {
  // Drawn for each alike, so that more visits leave the others as they are.
  const [isVisited, isShut, daysAgo, hour] = [
    random.chance(0.36),
    random.chance(0.08),
    random.int(1, 24),
    random.int(0, 8),
  ]
  const found = random.shuffle(FINDINGS).slice(0, random.chance(0.45) ? random.int(1, 2) : 0)
  const fixed = found.map(() => random.chance(0.4))
  if (!isVisited) return { sourceId, outcome: null, reinspectOn: null, visit: null }
  const morning = Date.parse(`${addDays(dayOf(nowIso), -daysAgo)}T01:00:00Z`)
  const visit: DemoVisit = {
    id: makeUuid(seed, 22, at),
    at: new Date(morning + hour * 3_600_000).toISOString(),
    outcome: isShut ? 'no-access' : 'checked',
    findings: isShut ? [] : found.map((code, index) => ({ code, fixed: fixed[index]!, note: null })),
    measures: isShut ? [] : [...new Set(['teach', ...found.map((code) => MEASURES[code]!)])],
  }
  const after = afterVisit(
    { outcome: null, reinspectOn: null },
    { ...visit, on: dayOf(visit.at), reinspectOn: null },
    REINSPECT_DAYS,
  )
  return { sourceId, ...after, visit }
}

function writePremises(sourceId: string, at: number, random: Random, today: string): DemoPremises {
  const filedOn = addDays(today, -random.int(120, 700))
  const trade = random.pick(TRADES)
  const isChecked = random.chance(0.7)
  const checkedOn = isChecked ? addDays(filedOn, random.int(5, 110)) : null
  return {
    sourceId,
    kind: at % 6 === 3 ? 'three-in-one' : at % 6 === 5 ? 'small-place' : 'self-built',
    name: `${random.pick(SHOP_NAMES)}${trade}`,
    trade,
    filedOn,
    checkedOn,
    closedOn: random.chance(0.12) ? addDays(today, -random.int(1, 9)) : null,
    findings:
      isChecked && random.chance(0.4) ? [{ code: 'ebike', fixed: random.chance(0.5), note: null }] : [],
  }
}

/** Shops that stand one after the other in the layer are neighbours. */
function writeGroups(
  facilities: readonly IncomingFeature[],
  today: string,
  seed: number,
): Pick<DemoCampaigns, 'duties' | 'fireWatch'> {
  const random = createRandom(seed, 23)
  const kinds: readonly string[] = PREMISES_KINDS
  const shops = facilities.filter(({ properties }) => kinds.includes(String(properties.kind)))
  const duties: DemoDuty[] = []
  const fireWatch: DemoFireWatch[] = []
  const groups = Math.min(MOST_GROUPS, Math.floor(shops.length / GROUP_SIZE))
  for (let group = 0; group < groups; group++) {
    const holder = `十户联防组 ${String(group + 1).padStart(3, '0')}`
    for (const [at, { sourceId }] of shops.slice(group * GROUP_SIZE, (group + 1) * GROUP_SIZE).entries())
      duties.push({
        role: at === 4 ? 'fire-watch-leader' : 'fire-watch',
        layer: 'facilities',
        sourceId,
        holder,
      })
    const done: [FireWatchKind, number][] = [
      ['meeting', random.int(10, 110)],
      ['drill', random.int(20, 220)],
      ['mutual-check', random.int(2, 40)],
    ]
    // The last group is new: it has met, and nothing else.
    for (const [at, [kind, days]] of done.entries())
      if (group < groups - 1 || kind === 'meeting')
        fireWatch.push({
          id: makeUuid(seed, 24, group, at),
          holder,
          kind,
          on: addDays(today, -days),
          attended: random.int(6, GROUP_SIZE),
        })
  }
  return { duties, fireWatch }
}

function writeAlarms({ sourceId, properties }: IncomingFeature, random: Random, today: string): DemoAlarm {
  const age = random.int(30, 1300)
  const installedOn = addDays(today, -age)
  const isTested = random.chance(0.8)
  const tested = random.int(5, Math.max(5, Math.min(age, 230)))
  return {
    sourceId,
    count: Math.max(2, Math.min(80, Math.round(Number(properties.households ?? 4) * 0.6))),
    installedOn,
    batteryOn: age > 1000 && random.chance(0.7) ? addDays(today, -random.int(10, 300)) : null,
    testedOn: isTested ? addDays(today, -tested) : null,
  }
}

/** So many of them at even steps. */
function spread<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(most, items.length) }, (_, at) => items[Math.floor(at * step)]!)
}

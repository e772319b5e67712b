import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { MyRound, MyStop } from '../../geodata/walks/my-round.schema.ts'
import type { WalkEntryInput } from '../../geodata/walks/walk.schema.ts'
import { sendGpx, sendReportPhoto, syncEntries } from '../api/walks.ts'
import { newUuid } from '../ui/new-uuid.ts'
import { entryStore, keep, readKept } from './kept.ts'
import { createQueue, type Queue } from './queue.ts'
import { createRecorder, type Position, type PositionEntry, type Recorder } from './recorder.ts'
import type { Duty } from './walk.ts'
import { joinTrack, type WalkedTrack } from './walked-track.ts'
import { metresTo } from './way-to.ts'

type Kind<K extends WalkEntryInput['kind']> = Omit<
  Extract<WalkEntryInput, { kind: K }>,
  'id' | 'at' | 'planId' | 'roundId' | 'kind'
>
export type RecordInput = Kind<'record'>
export type ReportInput = Kind<'report'>

export interface FieldState {
  duty: Duty | undefined
  /** Stops that were checked in from this phone, by round. */
  sent: Readonly<Record<string, readonly string[]>>
  /** Walked since duty began. */
  track: readonly LngLat[]
}

/** So far away nobody is at a stop any more, whatever they forgot to press. */
const GONE_METRES = 150
const SURE_METRES = 50

/** What one person does on this phone. Each action is kept on the phone before its promise ends. */
export interface FieldStore {
  queue: Queue
  state(): FieldState
  subscribe(listener: () => void): () => void
  begin(round: MyRound): Promise<void>
  end(): Promise<void>
  arrive(stop: MyStop, position: Position | undefined): Promise<void>
  /** `seenAt`: when they were last seen there, if they went without a word. */
  leave(seenAt?: number): Promise<void>
  record(round: MyRound, input: RecordInput): Promise<void>
  report(round: MyRound, input: ReportInput, photo: Blob | undefined): Promise<void>
  /** The track of a watch or a receiver, in place of the phone’s own. */
  addGpx(round: MyRound, file: File): Promise<void>
  hear(position: Position, lngLatOf: (stopId: string) => LngLat | undefined): Promise<void>
  close(): void
}

export async function openFieldStore(person: number, onTaken: () => void): Promise<FieldStore> {
  const device = (await readKept<string>(0, 'device')) ?? newUuid()
  await keep(0, 'device', device)
  const queue = createQueue(
    entryStore(person),
    {
      sync: (entries) => syncEntries(device, entries),
      photo: sendReportPhoto,
      track: ({ planId, roundId }, track) => sendGpx(planId, roundId, track),
    },
    { onTaken },
  )
  let state: FieldState = {
    duty: await readKept<Duty>(person, 'duty'),
    sent: (await readKept<FieldState['sent']>(person, 'sent')) ?? {},
    track: [],
  }
  await queue.open()
  let walked = joinTrack(
    await readKept<WalkedTrack>(person, 'track'),
    state.duty?.roundId,
    queue.state().items,
  )
  state = { ...state, track: walked }
  const listeners = new Set<() => void>()
  let recorder: Recorder | undefined
  /** When the phone was last near the stop where they are. */
  let nearAt = 0

  const show = (patch: Partial<FieldState>) => {
    state = { ...state, ...patch }
    for (const listener of listeners) listener()
  }
  const setDuty = async (duty: Duty | undefined) => {
    await keep(person, 'duty', duty)
    show({ duty })
  }
  const forgetTrack = async () => {
    await keep(person, 'track', undefined)
    walked = []
    show({ track: walked })
  }
  const write = async (entry: PositionEntry, isOpen: boolean) => {
    await queue.write(entry, isOpen)
    const track = [...walked, ...entry.points.map(({ lngLat }) => lngLat)]
    if (!isOpen) {
      walked = track
      const { roundId, at } = entry
      await keep(person, 'track', { roundId, until: at, points: track } satisfies WalkedTrack)
    }
    show({ track })
  }
  const made = (round: { planId: number; roundId: string }) => ({
    id: newUuid(),
    at: new Date().toISOString(),
    planId: round.planId,
    roundId: round.roundId,
  })
  const inRound = (round: MyRound) => made({ planId: round.plan.id, roundId: round.roundId })

  const store: FieldStore = {
    queue,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async begin(round) {
      if (state.duty) return
      const entry = inRound(round)
      await forgetTrack()
      await queue.add({ ...entry, kind: 'begin' })
      await setDuty({ planId: entry.planId, roundId: entry.roundId, begunAt: entry.at, visit: null })
    },
    async end() {
      await store.leave()
      const { duty } = state
      if (!duty) return
      await recorder?.close()
      recorder = undefined
      await queue.add({ ...made(duty), kind: 'end' })
      await setDuty(undefined)
      await forgetTrack()
    },
    async arrive(stop, position) {
      await store.leave()
      const { duty } = state
      if (!duty) return
      const visit = {
        stopId: stop.id,
        since: new Date().toISOString(),
        lngLat: position?.lngLat ?? null,
        accuracyMetres: position?.accuracyMetres ?? null,
      }
      await setDuty({ ...duty, visit })
    },
    async leave(seenAt) {
      const { duty, sent } = state
      if (!duty?.visit) return
      const { stopId, since, lngLat, accuracyMetres } = duty.visit
      const entry = { ...made(duty), ...(seenAt ? { at: new Date(seenAt).toISOString() } : {}) }
      const dwellSeconds = Math.min(
        86_400,
        Math.max(0, Math.round((Date.parse(entry.at) - Date.parse(since)) / 1000)),
      )
      // At once, so that a second press makes no second entry.
      show({ duty: { ...duty, visit: null } })
      await queue.add({ ...entry, kind: 'check-in', stopId, lngLat, accuracyMetres, dwellSeconds })
      const now = { [duty.roundId]: [...new Set([...(sent[duty.roundId] ?? []), stopId])] }
      await keep(person, 'sent', now)
      show({ sent: now })
      await setDuty({ ...duty, visit: null })
    },
    record: (round, input) => queue.add({ ...inRound(round), kind: 'record', ...input }),
    report: (round, input, photo) => queue.add({ ...inRound(round), kind: 'report', ...input }, photo),
    addGpx: (round, file) => queue.addTrack({ ...inRound(round), kind: 'gpx', name: file.name }, file),
    async hear(position, lngLatOf) {
      const { duty } = state
      // A phone first tells where it was before anyone asked.
      if (!duty || position.at < Date.parse(duty.begunAt)) return
      recorder ??= createRecorder({ planId: duty.planId, roundId: duty.roundId }, write)
      await recorder.add(position)
      const stopAt = duty.visit && lngLatOf(duty.visit.stopId)
      if (!stopAt) return
      const metres = metresTo(stopAt, position.lngLat)
      if (metres <= GONE_METRES) nearAt = position.at
      else if (nearAt > Date.parse(duty.visit?.since ?? '') && position.accuracyMetres <= SURE_METRES)
        await store.leave(nearAt)
    },
    close: () => queue.close(),
  }
  return store
}

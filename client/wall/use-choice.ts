import { useEffect, useState } from 'react'
import type { Alarm, AlarmGroup, AlarmList } from '../../geodata/walls/alarm.schema.ts'
import type { WallFigureId } from '../../geodata/walls/layout.schema.ts'

/** Which alarms are listed: all, of which a flood makes groups; those of one grid; those that were shelved. */
export type Listing = { kind: 'all' } | { kind: 'grid'; gridCode: string | null } | { kind: 'shelved' }

export const groupKey = ({ gridCode }: Pick<AlarmGroup, 'gridCode'>): string => `grid:${gridCode ?? ''}`

export interface Listed {
  listing: Listing
  alarms: readonly Alarm[]
  /** In place of the alarms. */
  groups: readonly AlarmGroup[] | undefined
}

/** Pure: what a listing is of now; of a grid or shelf that there is none left of, all. */
export function listed(list: AlarmList, listing: Listing): Listed {
  if (listing.kind === 'shelved' && list.shelved.length > 0)
    return { listing, alarms: list.shelved, groups: undefined }
  if (listing.kind === 'grid') {
    const alarms = list.alarms.filter(({ gridCode }) => gridCode === listing.gridCode)
    if (alarms.length > 0) return { listing, alarms, groups: undefined }
  }
  return { listing: ALL, alarms: list.alarms, groups: list.flood ? list.groups : undefined }
}
const ALL: Listing = { kind: 'all' }

export interface Choice extends Listed {
  /** Of an alarm or group. */
  key: string | undefined
  chosen: Alarm | undefined
  choose(key: string | undefined): void
  list(listing: Listing): void
  /** The chosen group, if one is. */
  openGroup(): void
  /** One step back: from the figure, then from the choice, then from the list. */
  back(): void
  isShelving: boolean
  onShelving(is: boolean): void
  /** Whose particulars are shown. */
  figure: WallFigureId | undefined
  /** Once more: closes it. */
  openFigure(id: WallFigureId): void
}

/** After this long without a choice the wall goes its own way again. */
const CHOSEN_MS = 120_000

/** Which alarms are listed, which of them is chosen, and which figure somebody asks about. */
export function useChoice(list: AlarmList): Choice {
  const [wanted, setWanted] = useState(ALL)
  const [key, setKey] = useState<string>()
  const [isShelving, setShelving] = useState(false)
  const [figure, setFigure] = useState<WallFigureId>()
  const now = listed(list, wanted)
  const chosen = now.groups ? undefined : now.alarms.find((alarm) => alarm.key === key)
  const choose = (next: string | undefined) => {
    setKey(next)
    setShelving(false)
  }
  const show = (listing: Listing) => {
    setWanted(listing)
    choose(undefined)
  }
  useEffect(() => {
    if (key === undefined && wanted === ALL && figure === undefined) return
    const timer = setTimeout(() => {
      setWanted(ALL)
      setKey(undefined)
      setShelving(false)
      setFigure(undefined)
    }, CHOSEN_MS)
    return () => clearTimeout(timer)
  }, [key, wanted, figure])
  return {
    ...now,
    key,
    chosen,
    choose,
    list: show,
    openGroup() {
      const group = now.groups?.find((one) => groupKey(one) === key)
      if (group) show({ kind: 'grid', gridCode: group.gridCode })
    },
    back() {
      if (figure) setFigure(undefined)
      else if (isShelving) setShelving(false)
      else if (key !== undefined) choose(undefined)
      else setWanted(ALL)
    },
    figure,
    openFigure: (id) => setFigure((old) => (old === id ? undefined : id)),
    isShelving,
    onShelving: (is) => setShelving(is && chosen?.state !== 'shelved' && chosen !== undefined),
  }
}

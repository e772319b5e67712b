import './round-sheets.css'
import { Checkbox, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Workspace } from '../../../geodata/places/workspace.schema.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { useTexts } from '../../ui/i18n.ts'
import { SheetsFrame } from '../../ui/sheets-frame.tsx'
import { TEAM_HUES } from '../../ui/tokens.ts'
import { shownOverlay } from './plan-on-map.tsx'
import { planStore, usePlanning } from './plan-store.ts'
import { hueOf } from './plan-symbols.ts'
import { RoundSheet } from './round-sheet.tsx'
import { useDue } from './use-due.ts'
import { useTimed } from './use-timed.ts'
import { teamWords } from './words.ts'

interface RoundSheetsProps {
  map: MapHandle
  workspace: Workspace
  onClose(): void
}

/** A sheet of paper for each round, as it will be printed. Their maps are drawn one after the other. */
export default function RoundSheets({ map, workspace, onClose }: RoundSheetsProps) {
  const { t } = useTexts()
  const { plan, base, roundId } = usePlanning()
  const { sites } = useDue(plan!)
  const timed = useTimed(plan, sites)
  const rounds = timed.filter(({ round }) => round.stops.length > 0)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [drawn, setDrawn] = useState<ReadonlySet<string>>(new Set())
  const [before] = useState(roundId)
  const printed = rounds.filter(({ round }) => !left.has(round.id))
  const next = printed.find(({ round }) => !drawn.has(round.id))?.round.id

  // Paper is white whatever the screen is, and each sheet shows its own round above the others.
  useEffect(() => {
    const dark = document.documentElement.dataset.mantineColorScheme === 'dark'
    shownOverlay()?.restyle('light')
    return () => {
      if (dark) shownOverlay()?.restyle('dark')
      planStore.choose(before)
    }
  }, [before])
  useEffect(() => {
    if (next) planStore.choose(next)
  }, [next])
  if (!plan) return null
  return (
    <SheetsFrame
      title={t('planning.print')}
      choices={
        <fieldset>
          <legend className="gw-unseen">{t('planning.whichRounds')}</legend>
          {rounds.map(({ round, team }) => (
            <Checkbox
              key={round.id}
              size="xs"
              label={teamWords(team)}
              checked={!left.has(round.id)}
              onChange={(event) => {
                const without = new Set(left)
                if (event.currentTarget.checked) without.delete(round.id)
                else without.add(round.id)
                setLeft(without)
              }}
            />
          ))}
        </fieldset>
      }
      state={
        next ? (
          <>
            <Loader size={14} /> {t('planning.drawingMaps')}
          </>
        ) : (
          t('planning.readyToPrint', { count: printed.length })
        )
      }
      isReady={next === undefined && printed.length > 0}
      printLabel={t('planning.printNow')}
      onClose={onClose}
    >
      {printed.map((one) => (
        <RoundSheet
          key={one.round.id}
          map={map}
          workspace={workspace}
          plan={plan}
          planId={base?.id}
          timed={one}
          sites={sites}
          hue={TEAM_HUES.light[hueOf(plan.teams.findIndex(({ id }) => id === one.team.id))]!}
          turn={one.round.id === next || drawn.has(one.round.id)}
          onDrawn={() => setDrawn((known) => new Set([...known, one.round.id]))}
        />
      ))}
    </SheetsFrame>
  )
}

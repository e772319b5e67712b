import './round-sheets.css'
import { ActionIcon, Button, Checkbox, Loader } from '@mantine/core'
import { useFocusTrap } from '@mantine/hooks'
import { IconPrinter, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Workspace } from '../../../geodata/places/workspace.schema.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { useTexts } from '../../ui/i18n.ts'
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
  const trap = useFocusTrap()
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
  useEffect(() => {
    const page = document.createElement('style')
    page.textContent = '@page { size: A4 portrait; margin: 10mm }'
    document.head.append(page)
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      onClose()
    }
    document.addEventListener('keydown', onKey, true)
    return () => {
      page.remove()
      document.removeEventListener('keydown', onKey, true)
    }
  }, [onClose])
  if (!plan) return null
  return createPortal(
    <div className="gw-sheets" role="dialog" aria-modal="true" aria-label={t('planning.print')} ref={trap}>
      <header className="gw-sheets-bar">
        <h2>{t('planning.print')}</h2>
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
        <span role="status" data-testid="sheets-state">
          {next ? (
            <>
              <Loader size={14} /> {t('planning.drawingMaps')}
            </>
          ) : (
            t('planning.readyToPrint', { count: printed.length })
          )}
        </span>
        <Button
          size="sm"
          leftSection={<IconPrinter size={16} />}
          disabled={next !== undefined || printed.length === 0}
          onClick={() => window.print()}
          data-testid="sheets-print"
        >
          {t('planning.printNow')}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('toast.close')}
          onClick={onClose}
          data-autofocus
        >
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className="gw-sheets-view">
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
      </div>
    </div>,
    document.body,
  )
}

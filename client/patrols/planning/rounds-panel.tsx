import './planning.css'
import './rounds.css'
import { Alert, Button, SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { DueSite } from '../../../geodata/patrols/due.schema.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { ListsProps } from '../../lists/props.ts'
import { AreaField } from '../../ui/area-field.tsx'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { useMay } from '../../ui/session.ts'
import { TEAM_HUES } from '../../ui/tokens.ts'
import { makeDrawable } from './begin-plan.ts'
import { chooseShift, useChosenShift } from './chosen-shift.ts'
import { addStop, stopAt } from './drawing.ts'
import { DuePart } from './due-part.tsx'
import { retryLegs, useLegState } from './legs.ts'
import { addTeam, findStop, setShift } from './plan-edits.ts'
import { PlanNotes } from './plan-notes.tsx'
import { planStore, usePlanning } from './plan-store.ts'
import { hueOf } from './plan-symbols.ts'
import { RoundCard } from './round-card.tsx'
import { ShiftFields } from './shift-fields.tsx'
import { TeamCard } from './team-card.tsx'
import { texts } from './texts.ts'
import { useDue } from './use-due.ts'
import { useTimed } from './use-timed.ts'

addTexts(texts)

/** What is due, then teams and their rounds: the left-hand panel of the patrols workspace. */
export default function RoundsPanel({ view, map, within, onSelect }: ListsProps) {
  const { t } = useTexts()
  const planning = usePlanning()
  const { plan, roundId, stopId } = planning
  const [wanted, setPart] = useState<'due' | 'rounds'>()
  const part = wanted ?? (plan ? 'rounds' : 'due')
  const chosen = useChosenShift()
  const shift = plan ?? chosen
  const { due, sites } = useDue(shift)
  const timed = useTimed(plan, sites)
  const legs = useLegState()
  const mayPlan = useMay('plan') && planning.status === 'ready'
  const hues = TEAM_HUES[view.scheme]
  const hueAt = (place: number) => hues[hueOf(place)]!

  const planned = useMemo(() => {
    const stops = new Map<number, string>()
    for (const { round, team } of timed) {
      let number = 0
      for (const { checkpointId } of round.stops)
        if (checkpointId !== null && !stops.has(checkpointId))
          stops.set(checkpointId, `${team.id}${++number}`)
        else if (checkpointId !== null) number++
    }
    return stops
  }, [timed])

  const zoomTo = ([lng, lat]: LngLat) => map?.fit([lng, lat, lng, lat], 17)
  const words = { planName: t('planning.newName'), teamName: (id: string) => t('planning.teamNamed', { id }) }
  const draw = () => {
    makeDrawable(shift, words)
    view.change({ tool: 'round', with: undefined }, 'replace')
  }
  const add = (site: DueSite) => {
    makeDrawable(shift, words)
    addStop(stopAt(site.lngLat, site.checkpointId, sites), 'street')
  }
  const select = (site: DueSite) => {
    const stop = plan?.rounds
      .flatMap((round) => round.stops.map(({ id, checkpointId }) => ({ id, checkpointId, round: round.id })))
      .find(({ checkpointId }) => checkpointId === site.checkpointId)
    if (stop) planStore.choose(stop.round, stop.id)
    zoomTo(site.lngLat)
    onSelect(`checkpoints/${site.checkpointId}`)
  }
  return (
    <div className="gw-planning" data-testid="rounds-panel">
      <div className="gw-planning-head">
        <ShiftFields
          shift={shift}
          disabled={plan !== undefined && !mayPlan}
          onChange={(next) =>
            plan ? planStore.edit('shift', (now) => setShift(now, next.from, next.to)) : chooseShift(next)
          }
        />
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('planning.parts')}
          value={part}
          onChange={(next) => setPart(next === 'due' ? 'due' : 'rounds')}
          data={[
            { value: 'due', label: t('planning.due') },
            { value: 'rounds', label: t('planning.rounds', { count: plan?.rounds.length ?? 0 }) },
          ]}
        />
      </div>
      <PlanNotes planning={planning} />
      {legs.failed && (
        <Alert color="orange" role="alert" title={t('planning.noPaths')}>
          {t('planning.straightMeanwhile')}
          <Button size="compact-xs" variant="default" onClick={retryLegs}>
            {t('error.retry')}
          </Button>
        </Alert>
      )}
      {part === 'due' ? (
        <DuePart
          due={due}
          shift={shift}
          planned={planned}
          onSelect={select}
          onAdd={mayPlan ? add : undefined}
        />
      ) : (
        <div className="gw-panel-body gw-teams">
          {plan && (
            <AreaField
              label={t('planning.planArea')}
              none={t('planning.allInReach')}
              codes={plan.area}
              within={within}
              disabled={!mayPlan}
              onChange={(area) => planStore.edit('area', (now) => ({ ...now, area }))}
            />
          )}
          {plan?.teams.map((team, place) => (
            <TeamCard
              key={team.id}
              team={team}
              shift={plan}
              hue={hueAt(place)}
              mayPlan={mayPlan}
              centre={() => map?.visibleCentre()}
              within={within}
            >
              {timed
                .filter((one) => one.team.id === team.id)
                .map((one) => (
                  <RoundCard
                    key={one.round.id}
                    timed={one}
                    teams={plan.teams}
                    sites={sites}
                    hue={hueAt(place)}
                    active={one.round.id === roundId}
                    stopId={stopId}
                    mayPlan={mayPlan}
                    onDraw={draw}
                    onZoom={(id) => {
                      const found = findStop(plan, id)
                      if (found) zoomTo(found.stop.lngLat)
                    }}
                  />
                ))}
            </TeamCard>
          ))}
          {!plan && <p className="gw-hint">{t('planning.noPlan')}</p>}
          {mayPlan && (
            <div className="gw-team-add">
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlus size={16} />}
                onClick={() =>
                  plan
                    ? planStore.edit('team', (now) => addTeam(now, words.teamName))
                    : makeDrawable(shift, words)
                }
                data-testid="add-team"
              >
                {plan ? t('planning.addTeam') : t('planning.newPlan')}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  )
}

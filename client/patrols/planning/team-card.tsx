import { ActionIcon, Button, NumberInput, Switch, TagsInput, TextInput } from '@mantine/core'
import { IconMapPin, IconPlus, IconSettings, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { isoOf } from '../../../geodata/patrols/opening-windows.ts'
import type { Team } from '../../../geodata/patrols/plan.schema.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { listStaff } from '../../api/patrols.ts'
import { AreaField, type Cell } from '../../ui/area-field.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { newUuid } from '../../ui/new-uuid.ts'
import { addRound, emptyRound, patchTeam, removeTeam } from './plan-edits.ts'
import { planStore } from './plan-store.ts'
import { clockOf, momentAt, type Shift } from './shift.ts'
import { teamWords } from './words.ts'

interface TeamCardProps {
  team: Team
  shift: Shift
  hue: string
  mayPlan: boolean
  /** The middle of what can be seen, for where a team starts or ends. */
  centre(): LngLat | undefined
  within: Cell | undefined
  children: ReactNode
}

const MINUTE = 60_000

/** A team: letter, people and hours; below it its rounds. */
export function TeamCard({ team, shift, hue, mayPlan, centre, within, children }: TeamCardProps) {
  const { t } = useTexts()
  const [open, setOpen] = useState(false)
  return (
    <section className="gw-team" aria-label={teamWords(team)} data-testid="team">
      <header>
        <span className="gw-team-letter" style={{ background: hue }}>
          {team.id}
        </span>
        <span className="gw-team-name">
          <b>{team.name}</b>
          <small>
            {clockOf(team.from)}–{clockOf(team.to)} ·{' '}
            {team.people.length > 0 ? team.people.join(', ') : t('planning.noPeople')}
          </small>
        </span>
        {mayPlan && (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t('planning.addRound', { team: team.name })}
              title={t('planning.addRound', { team: team.name })}
              onClick={() => {
                const id = newUuid()
                planStore.edit('round', (plan) => addRound(plan, emptyRound(id, team.id)), { roundId: id })
              }}
            >
              <IconPlus size={16} />
            </ActionIcon>
            <ActionIcon
              variant={open ? 'light' : 'subtle'}
              color="gray"
              size={28}
              aria-label={t('planning.editTeam', { team: team.name })}
              title={t('planning.editTeam', { team: team.name })}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              data-testid="team-edit"
            >
              <IconSettings size={16} />
            </ActionIcon>
          </>
        )}
      </header>
      {open && <TeamForm team={team} shift={shift} centre={centre} within={within} />}
      {children}
    </section>
  )
}

function TeamForm({
  team,
  shift,
  centre,
  within,
}: Pick<TeamCardProps, 'team' | 'shift' | 'centre' | 'within'>) {
  const { t } = useTexts()
  const [name, setName] = useState(team.name)
  const staff = useQuery({ queryKey: ['patrols', 'staff'], queryFn: listStaff, staleTime: 60_000 })
  const patch = (part: Partial<Omit<Team, 'id'>>) =>
    planStore.edit('team', (plan) => patchTeam(plan, team.id, part))
  const hours = (from: string, to: string) => {
    if (!from || !to) return
    const begins = momentAt(from, shift.from)
    const ends = momentAt(to, begins)
    if (Date.parse(ends) > Date.parse(begins)) patch({ from: begins, to: ends })
  }
  const place = (end: 'start' | 'end') => (
    <div className="gw-team-place">
      <span>{end === 'start' ? t('planning.start') : t('planning.end')}</span>
      <small>
        {team[end] ? team[end].map((degrees) => degrees.toFixed(5)).join(', ') : t('planning.anywhere')}
      </small>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconMapPin size={14} />}
        onClick={() => {
          const at = centre()
          if (at) patch({ [end]: at.map((degrees) => Math.round(degrees * 1e7) / 1e7 + 0) as LngLat })
        }}
      >
        {t('planning.here')}
      </Button>
      {team[end] && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => patch({ [end]: null })}>
          {t('planning.clear')}
        </Button>
      )}
    </div>
  )
  return (
    <div className="gw-team-form" data-testid="team-form">
      <TextInput
        size="xs"
        label={t('planning.teamName')}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => {
          const given = name.trim()
          if (given && given !== team.name) patch({ name: given })
          else setName(team.name)
        }}
      />
      <TagsInput
        size="xs"
        label={t('planning.people')}
        placeholder={team.people.length === 0 ? t('planning.peopleHint') : ''}
        value={team.people}
        data={(staff.data ?? []).map(({ username }) => username)}
        maxTags={30}
        onChange={(people) => patch({ people })}
        data-testid="team-people"
      />
      <div className="gw-pair">
        <TextInput
          type="time"
          size="xs"
          label={t('planning.from')}
          value={clockOf(team.from)}
          onChange={(event) => hours(event.currentTarget.value, clockOf(team.to))}
        />
        <TextInput
          type="time"
          size="xs"
          label={t('planning.to')}
          value={clockOf(team.to)}
          onChange={(event) => hours(clockOf(team.from), event.currentTarget.value)}
        />
      </div>
      <NumberInput
        size="xs"
        label={t('planning.speed')}
        value={team.metresPerMinute}
        min={10}
        max={400}
        clampBehavior="blur"
        onChange={(value) => {
          const speed = Number(value)
          if (speed >= 10 && speed <= 400 && speed !== team.metresPerMinute) patch({ metresPerMinute: speed })
        }}
      />
      {place('start')}
      {place('end')}
      <AreaField
        label={t('planning.teamArea')}
        none={t('planning.wholePlan')}
        codes={team.area}
        within={within}
        onChange={(area) => patch({ area })}
      />
      <Switch
        size="xs"
        label={t('planning.break')}
        checked={team.break !== null}
        onChange={(event) => patch({ break: event.currentTarget.checked ? middleBreak(team) : null })}
      />
      {team.break && (
        <div className="gw-pair">
          <TextInput
            type="time"
            size="xs"
            label={t('planning.breakFrom')}
            value={clockOf(team.break.from)}
            onChange={(event) => {
              const clock = event.currentTarget.value
              if (!clock || !team.break) return
              const from = momentAt(clock, team.from)
              const to = Math.max(Date.parse(team.break.to), Date.parse(from))
              patch({ break: { ...team.break, from, to: isoOf(to) } })
            }}
          />
          <TextInput
            type="time"
            size="xs"
            label={t('planning.breakTo')}
            value={clockOf(team.break.to)}
            onChange={(event) => {
              const clock = event.currentTarget.value
              if (clock && team.break)
                patch({ break: { ...team.break, to: momentAt(clock, team.break.from) } })
            }}
          />
          <NumberInput
            size="xs"
            label={t('planning.breakMinutes')}
            value={team.break.minutes}
            min={1}
            max={480}
            onChange={(value) => {
              const minutes = Number(value)
              if (team.break && minutes >= 1 && minutes <= 480) patch({ break: { ...team.break, minutes } })
            }}
          />
        </div>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconTrash size={14} />}
        onClick={() => planStore.edit('removeTeam', (plan) => removeTeam(plan, team.id))}
      >
        {t('planning.removeTeam')}
      </Button>
    </div>
  )
}

/** Fifteen minutes around the middle of the hours. */
function middleBreak({ from, to }: Team): Team['break'] {
  const middle = (Date.parse(from) + Date.parse(to)) / 2
  return { from: isoOf(middle - 30 * MINUTE), to: isoOf(middle + 30 * MINUTE), minutes: 15 }
}

import { Button } from '@mantine/core'
import { IconMapPin, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Campaign, TARGET_STATES } from '../../geodata/campaigns/campaign.schema.ts'
import { CELL_LAYERS, CODE_LENGTH } from '../../geodata/shared/codes.ts'
import { getProgress, listTargets } from '../api/campaigns.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { OPEN_STATES, type TargetChoice } from './campaigns-ask.ts'
import { RowFilter, Rows, usePages, useTyped } from './rows.tsx'
import { StateMark } from './state-mark.tsx'

export const countOpen = ({ counts }: Campaign): number =>
  OPEN_STATES.reduce((sum, state) => sum + counts.states[state], 0)

/** What a cell of the campaign is called; its code until that is known. */
function useCellName(id: number, cell: string | undefined): string | undefined {
  const level = CELL_LAYERS.find((layer) => cell?.length === CODE_LENGTH[layer])
  const found = useQuery({
    queryKey: ['campaigns', id, 'progress', level],
    queryFn: () => getProgress(id, level ?? 'grids'),
    enabled: level !== undefined,
  })
  return found.data?.cells.find(({ code }) => code === cell)?.name || cell
}

interface TargetListProps {
  campaign: Campaign
  choice: TargetChoice
  onChoice(next: TargetChoice): void
  onOpen(target: number): void
  select(at: string): void
}

const PAGE = 30

/** The places of a campaign; the button of each opens its visits. */
export function TargetList({ campaign, choice, onChoice, onOpen, select }: TargetListProps) {
  const { t } = useTexts()
  const { q, ...search } = useTyped(useState(''))
  const { counts } = campaign
  const { state, cell } = choice
  const cellName = useCellName(campaign.id, cell)
  const found = usePages(['campaigns', campaign.id, 'targets', state, cell, q], (cursor) =>
    listTargets(campaign.id, {
      state: state === 'open' ? OPEN_STATES.join() : state,
      parent: cell,
      q,
      cursor,
      limit: PAGE,
    }),
  )
  return (
    <section aria-label={t('campaigns.list')}>
      {cell && (
        <div className="gw-acts">
          <Button
            size="compact-sm"
            variant="light"
            rightSection={<IconX size={14} aria-hidden="true" />}
            aria-label={t('campaigns.everywhere', { cell: cellName })}
            onClick={() => onChoice({ ...choice, cell: undefined })}
            data-testid="target-cell"
          >
            {cellName}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconMapPin size={16} aria-hidden="true" />}
            onClick={() => select(cell)}
          >
            {t('campaigns.onMap')}
          </Button>
        </div>
      )}
      <RowFilter
        value={state ?? ''}
        onChange={(next) => onChoice({ ...choice, state: next === '' ? undefined : next })}
        all={t('campaigns.allStates', { count: formatCount(counts.targets) })}
        states={[
          { value: 'open', label: t('campaigns.open'), count: countOpen(campaign) },
          ...TARGET_STATES.map((each) => ({
            value: each,
            label: t(`campaigns.states.${each}`),
            count: counts.states[each],
          })),
        ]}
        search={{ label: t('campaigns.search'), ...search }}
        testId="target"
      />
      <Rows
        found={found}
        rowsOf={({ targets }) => targets}
        keyOf={({ id }) => id}
        onOpen={({ id }) => onOpen(id)}
        none={t('campaigns.nothingHere')}
        testId="target-row"
      >
        {({ id, name, code, state: stands, reinspectOn, openCases, gone }) => (
          <>
            <b>{name ?? code ?? `#${id}`}</b>
            <StateMark state={stands} />
            <small>
              {[
                name && code,
                reinspectOn && t('campaigns.againOn', { day: reinspectOn }),
                openCases > 0 && t('campaigns.openCases', { count: openCases }),
                gone && t('campaigns.gone'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </>
        )}
      </Rows>
    </section>
  )
}

import './week-sheet.css'
import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isoOf } from '../../../geodata/patrols/opening-windows.ts'
import type { Workspace } from '../../../geodata/places/workspace.schema.ts'
import { addDays, mondayOf } from '../../../geodata/walks/group-rounds.ts'
import { getWalkSummary } from '../../api/walks-review.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { SheetsFrame } from '../../ui/sheets-frame.tsx'
import { dateOf } from '../planning/shift.ts'
import { weekWords } from './group-rows.tsx'
import { WeekPaper } from './week-paper.tsx'

interface WeekSheetProps {
  workspace: Workspace
  onClose(): void
}

/** A week of rounds on paper, as it will be printed: this week, or another one. */
export default function WeekSheet({ workspace, onClose }: WeekSheetProps) {
  const { t } = useTexts()
  const [now] = useState(() => new Date())
  const thisWeek = mondayOf(dateOf(now))
  const [monday, setMonday] = useState(thisWeek)
  const [from, to] = [startOf(monday), startOf(addDays(monday, 7))]
  const summary = useQuery({
    queryKey: ['patrols', 'summary', from, to],
    queryFn: ({ signal }) => getWalkSummary(from, to, signal),
  })
  return (
    <SheetsFrame
      title={t('walked.weekSheet')}
      choices={
        <div className="gw-week-choice">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconChevronLeft size={14} />}
            onClick={() => setMonday(addDays(monday, -7))}
            data-testid="week-before"
          >
            {t('walked.weekBefore')}
          </Button>
          <b data-testid="week-shown">{weekWords(monday)}</b>
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<IconChevronRight size={14} />}
            disabled={monday >= thisWeek}
            onClick={() => setMonday(addDays(monday, 7))}
          >
            {t('walked.weekAfter')}
          </Button>
        </div>
      }
      state={summary.data && t('walked.sheetReady')}
      isReady={summary.data !== undefined}
      printLabel={t('walked.printNow')}
      onClose={onClose}
    >
      {summary.data ? (
        <WeekPaper monday={monday} summary={summary.data} workspace={workspace} />
      ) : (
        <LoadState error={summary.error} onRetry={() => void summary.refetch()} />
      )}
    </SheetsFrame>
  )
}

/** Midnight of the viewer’s clock. */
const startOf = (day: string): string => isoOf(new Date(`${day}T00:00`).getTime())

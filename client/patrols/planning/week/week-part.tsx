import '../planning.css'
import './week.css'
import { Button } from '@mantine/core'
import { IconCalendarWeek } from '@tabler/icons-react'
import { useState } from 'react'
import type { PlanSummary } from '../../../../geodata/patrols/plan.schema.ts'
import { addTexts, useTexts } from '../../../ui/i18n.ts'
import { texts } from './texts.ts'
import { WeekForm } from './week-form.tsx'
import { WeekSearch } from './week-search.tsx'

addTexts(texts)

/** The search that this tab began, so that a reload finds it again. */
const KEPT_KEY = 'gridward.week'

/** Several days planned in one go: what is asked for, the search, and the drafts that are made of it. */
export function WeekPart({ plans }: { plans: readonly PlanSummary[] }) {
  const { t } = useTexts()
  const [isOpen, setOpen] = useState(false)
  const [jobId, setJobId] = useState(() => sessionStorage.getItem(KEPT_KEY))
  const turnTo = (id: string | null) => {
    if (id === null) sessionStorage.removeItem(KEPT_KEY)
    else sessionStorage.setItem(KEPT_KEY, id)
    setJobId(id)
    setOpen(false)
  }
  if (jobId !== null) return <WeekSearch jobId={jobId} onEnd={() => turnTo(null)} />
  if (isOpen) return <WeekForm plans={plans} onStarted={turnTo} onClose={() => setOpen(false)} />
  return (
    <Button
      size="sm"
      fullWidth
      variant="default"
      leftSection={<IconCalendarWeek size={16} />}
      onClick={() => setOpen(true)}
      data-testid="week-open"
    >
      {t('week.open')}
    </Button>
  )
}

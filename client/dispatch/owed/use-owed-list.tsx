import { useQuery } from '@tanstack/react-query'
import { listOwed, OWED_KEY } from '../../api/dispatch.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { usePermissions } from '../../ui/session.ts'
import type { WorkList } from '../../ui/work-list.ts'
import { texts } from '../texts.ts'
import { OwedList } from './owed-list.tsx'

addTexts(texts)

/** Limits pass without an event. */
const AGAIN_MS = 60_000

/** What whistles and the hotline wait for, as one of the lists of what there is to do; undefined: nothing of it is theirs to do. */
export function useOwedList(onOpen: (id: number) => void): WorkList | undefined {
  const { t } = useTexts()
  const may = usePermissions()
  const isTheirs = may('handle') || may('verify')
  // Whoever deals cases out, or checks them, looks after all of it.
  const mine = may('handle') && !may('dispatch')
  const owed = useQuery({
    queryKey: [...OWED_KEY, mine],
    queryFn: ({ signal }) => listOwed(mine, signal),
    enabled: isTheirs,
    refetchInterval: AGAIN_MS,
  })
  if (!isTheirs) return undefined
  return {
    id: 'owed',
    name: t('dispatch.owed.title'),
    count: owed.data?.total,
    list: (
      <OwedList answer={owed.data} error={owed.error} onRetry={() => void owed.refetch()} onOpen={onOpen} />
    ),
  }
}

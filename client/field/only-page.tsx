import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { MyRounds } from '../../geodata/walks/my-round.schema.ts'
import { ApiError } from '../api/request.ts'
import { getMyRounds } from '../api/walks.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Looks } from '../ui/looks-buttons.tsx'
import { FieldPage } from './field-page.tsx'
import { type FieldStore, openFieldStore } from './field-store.ts'
import { Frame } from './frame.tsx'
import { aroundKeeper, keepAround } from './keep-around.ts'
import { keep, readKept } from './kept.ts'
import { useOnlyPage } from './use-only-page.ts'

export interface Walker {
  id: number
  name: string
}

interface OnlyPageProps {
  person: Walker
  looks: Looks
  /** The server no longer knows who asks. */
  onAskWho(): void
  onLeave(): Promise<void>
}

const REFRESH_MS = 60_000

/** The rounds, or those of the last visit while there is no network. */
async function askRounds(person: number): Promise<MyRounds | null> {
  try {
    const rounds = await getMyRounds()
    await keep(person, 'rounds', rounds)
    return rounds
  } catch (error) {
    const isAway = error instanceof ApiError && (error.status === 0 || error.status >= 500)
    const kept = await readKept<MyRounds>(person, 'rounds')
    if (kept && (isAway || (error instanceof ApiError && error.status === 401))) return kept
    if (isAway) return null
    throw error
  }
}

/** Opens what the phone keeps of this person once no other page has it. */
export function OnlyPage({ person, looks, onAskWho, onLeave }: OnlyPageProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const isOnly = useOnlyPage(person.id)
  const [store, setStore] = useState<FieldStore>()
  const key = ['field', person.id]
  const rounds = useQuery({
    queryKey: key,
    queryFn: () => askRounds(person.id),
    refetchInterval: REFRESH_MS,
    retry: false,
  })

  const known = rounds.data?.rounds ?? []
  const arounds = useQuery({
    queryKey: ['field-around', person.id, ...known.map(({ roundId, plan }) => `${roundId} ${plan.version}`)],
    queryFn: () => keepAround(known, aroundKeeper(person.id)),
    enabled: known.length > 0,
    // What could not be had now is asked for again.
    refetchInterval: ({ state }) =>
      known.every(({ roundId }) => state.data?.[roundId]) ? false : REFRESH_MS,
  })

  useEffect(() => {
    if (!isOnly) return
    let isGone = false
    let opened: FieldStore | undefined
    // What waits here is the only copy: the browser is asked not to clear it when the phone is full.
    navigator.storage?.persist?.().catch(() => {})
    openFieldStore(person.id, () => void queries.invalidateQueries({ queryKey: ['field', person.id] })).then(
      (made) => {
        opened = made
        if (isGone) made.close()
        else setStore(made)
      },
    )
    return () => {
      isGone = true
      opened?.close()
      setStore(undefined)
    }
  }, [isOnly, person.id, queries])

  if (!store)
    return (
      <Frame looks={looks}>
        <p className="gw-field-quiet">{t(isOnly ? 'field.opening' : 'field.otherPage')}</p>
      </Frame>
    )
  return (
    <FieldPage
      person={person}
      looks={looks}
      store={store}
      rounds={rounds.data}
      arounds={arounds.data}
      error={rounds.error}
      onRetry={() => void rounds.refetch()}
      onAskWho={onAskWho}
      onLeave={onLeave}
    />
  )
}

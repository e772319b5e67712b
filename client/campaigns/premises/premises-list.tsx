import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import {
  PREMISES_KIND_NAMES,
  PREMISES_KINDS,
  PREMISES_STATES,
  type PremisesKind,
} from '../../../geodata/campaigns/premises.schema.ts'
import { listPremises } from '../../api/campaigns.ts'
import { Figure } from '../../ui/figure.tsx'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { RowFilter, Rows, usePages, useTyped } from '../rows.tsx'
import { keeping } from '../use-kept.ts'
import { PremisesMark } from './premises-mark.tsx'

const PAGE = 30
const SHOWN = [...PREMISES_STATES, 'overdue'] as const
const useShown = keeping<(typeof SHOWN)[number] | ''>('')
const useKind = keeping<PremisesKind | undefined>(undefined)
const useWords = keeping('')

/** The register of premises: how many are filed, checked and closed, and each of them. */
export function PremisesList({ setAsk }: { setAsk(next: string | undefined): void }) {
  const { t, lang } = useTexts()
  const [shown, setShown] = useShown()
  const [kind, setKind] = useKind()
  const { q, ...search } = useTyped(useWords())
  const found = usePages(['premises', shown, kind, q], (cursor) =>
    listPremises({
      state: shown === '' || shown === 'overdue' ? undefined : shown,
      overdue: shown === 'overdue' || undefined,
      kind,
      q,
      cursor,
      limit: PAGE,
    }),
  )
  // While another choice is asked for, the figures stay: they are of the whole register.
  const [counts, setCounts] = useState(found.data?.pages[0]?.counts)
  const newest = found.data?.pages[0]?.counts
  if (newest && newest !== counts) setCounts(newest)
  if (!counts) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const standing = counts.filed + counts.checked
  return (
    <>
      <p className="gw-hint">{t('premises.lead')}</p>
      <dl className="gw-figure-grid">
        <Figure
          label={t('premises.checked')}
          value={formatCount(counts.checked)}
          outOf={t('premises.ofStanding', { count: formatCount(standing) })}
          formula={t('premises.checkedFormula')}
          onOpen={() => setShown('checked')}
        />
        <Figure
          label={t('premises.overdue')}
          value={formatCount(counts.overdue)}
          outOf={t('premises.ofStanding', { count: formatCount(standing) })}
          formula={t('premises.overdueFormula')}
          tone={counts.overdue > 0 ? 'critical' : undefined}
          onOpen={() => setShown('overdue')}
        />
      </dl>
      <RowFilter
        value={shown}
        onChange={(next) => setShown(next)}
        all={t('campaigns.allStates', { count: formatCount(standing + counts.closed) })}
        states={SHOWN.map((each) => ({
          value: each,
          label: t(`premises.states.${each}`),
          count: counts[each],
        }))}
        search={{ label: t('premises.search'), ...search }}
        testId="premises"
      />
      <NativeSelect
        aria-label={t('premises.kind')}
        value={kind ?? ''}
        onChange={({ currentTarget }) =>
          setKind(PREMISES_KIND_NAMES.find((each) => each === currentTarget.value))
        }
        data={[
          { value: '', label: t('premises.allKinds') },
          ...PREMISES_KIND_NAMES.map((each) => ({ value: each, label: PREMISES_KINDS[each][lang] })),
        ]}
        data-testid="premises-kind"
      />
      <Rows
        found={found}
        rowsOf={({ premises }) => premises}
        keyOf={({ id }) => id}
        onOpen={({ id }) => setAsk(`premises/${id}`)}
        none={t('premises.none')}
        testId="premises-row"
      >
        {(each) => (
          <>
            <b>{each.name}</b>
            <PremisesMark premises={each} />
            <small>
              {[PREMISES_KINDS[each.kind][lang], each.trade, each.buildingName ?? each.buildingCode]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </>
        )}
      </Rows>
      <p className="gw-hint">{t('premises.howToFile')}</p>
    </>
  )
}

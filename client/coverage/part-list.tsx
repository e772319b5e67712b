import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { getPartFeatures } from '../api/analyses.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import type { PartView } from './analysis-view.ts'
import { viewOf } from './analysis-views.ts'
import { useShown } from './shown-parts.ts'

const PAGE = 50

interface PartListProps {
  analysis: Analysis
  onShow(part: string, id: number): void
}

/** What was found as a list: the way to each feature by keyboard. */
export function PartList({ analysis, onShow }: PartListProps) {
  const texts = useTexts()
  const { t } = texts
  const listed = Object.entries(viewOf(analysis.kind)?.parts ?? {}).flatMap(([part, view]) =>
    view.isListed && view.describe && analysis.parts.some((one) => one.part === part && one.count > 0)
      ? [{ part, view }]
      : [],
  )
  const [wanted, setWanted] = useState<string>()
  const shown = listed.find(({ part }) => part === wanted) ?? listed[0]
  if (!shown) return null
  return (
    <section aria-label={t('coverage.found')}>
      <h3>{t('coverage.found')}</h3>
      {listed.length > 1 && (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('coverage.found')}
          value={shown.part}
          onChange={setWanted}
          data={listed.map(({ part, view }) => ({ value: part, label: view.name(texts) }))}
        />
      )}
      <Rows key={shown.part} analysis={analysis} {...shown} onShow={onShow} />
    </section>
  )
}

function Rows({ analysis, part, view, onShow }: PartListProps & { part: string; view: PartView }) {
  const texts = useTexts()
  const { t } = texts
  const { chosen } = useShown(analysis.id)
  const pages = useInfiniteQuery({
    queryKey: ['analyses', analysis.id, 'rows', part],
    queryFn: ({ pageParam }) =>
      getPartFeatures(analysis.id, part, { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const features = pages.data?.pages.flatMap((page) => page.features)
  if (!features) return <LoadState error={pages.error} onRetry={() => void pages.refetch()} />
  return (
    <>
      <ul className="gw-part-list">
        {features.map(({ id, properties }) => {
          const { title, facts } = view.describe!(properties, texts)
          return (
            <li key={id}>
              <UnstyledButton
                className="gw-part-row"
                aria-current={(chosen?.part === part && chosen.id === id) || undefined}
                onClick={() => onShow(part, id)}
                data-testid="part-row"
              >
                <b>{title}</b>
                <small>
                  {facts
                    .slice(0, 3)
                    .map((fact) => fact.brief ?? `${fact.label} ${fact.value}`)
                    .join(' · ')}
                </small>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
      {pages.hasNextPage && (
        <UnstyledButton className="gw-link" onClick={() => void pages.fetchNextPage()}>
          {t('figure.more', {
            shown: formatCount(features.length),
            total: formatCount(analysis.parts.find((one) => one.part === part)?.count ?? 0),
          })}
        </UnstyledButton>
      )}
    </>
  )
}

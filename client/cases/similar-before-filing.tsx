import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Case } from '../../geodata/hazards/case.schema.ts'
import { findSimilar, type SimilarCase } from '../api/cases.ts'
import { formatMetres, formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Labels } from './labels.ts'

const MOST = 3

interface SimilarBeforeFilingProps {
  of: Case
  labels: Labels
  /** undefined: whoever looks may not reject it. */
  onDuplicate: ((similar: SimilarCase) => void) | undefined
}

/** Open cases that may be of the same hazard, shown before one more is filed; it can be rejected as one of them instead. */
export function SimilarBeforeFiling({ of, labels, onDuplicate }: SimilarBeforeFilingProps) {
  const { t, lang } = useTexts()
  const { id, lngLat, category, title } = of
  const found = useQuery({
    queryKey: ['cases', 'similar', ...lngLat, category.code, title],
    queryFn: ({ signal }) => findSimilar(lngLat, category, title, signal),
  })
  const others = found.data?.filter((each) => each.id !== id).slice(0, MOST) ?? []
  if (others.length === 0) return null
  return (
    <section className="gw-similar-filed" aria-label={t('cases.similar')} data-testid="similar-filed">
      <b>{t('cases.similar')}</b>
      <ul>
        {others.map((each) => (
          <li key={each.id}>
            <a href={`?at=hazards/${each.id}&tab=case`} target="_blank" rel="noreferrer">
              {each.title}
            </a>
            <small>
              {[
                formatMetres(each.distanceMetres, lang),
                formatTime(each.reportedAt),
                labels.state(each.state),
                each.department?.name,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
            {onDuplicate && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('cases.duplicateOf', { title: each.title })}
                onClick={() => onDuplicate(each)}
                data-testid="similar-reject"
              >
                {t('cases.duplicate')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

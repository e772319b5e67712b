import { Button } from '@mantine/core'
import type { SimilarCase } from '../../api/cases.ts'
import { formatMetres, formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useLabels } from '../labels.ts'

interface SimilarCasesProps {
  cases: readonly SimilarCase[]
  busy: boolean
  onJoin(similar: SimilarCase): void
}

/** Open cases that may be what is being reported; the report can join one instead of beginning another. */
export function SimilarCases({ cases, busy, onJoin }: SimilarCasesProps) {
  const { t, lang, enums } = useTexts()
  const labels = useLabels()
  if (cases.length === 0) return null
  return (
    <section className="gw-similar" aria-label={t('report.similar')} data-testid="similar">
      <h3>{t('report.similar')}</h3>
      <ul>
        {cases.map((each) => (
          <li key={each.id}>
            <span>
              <b>{each.title}</b>
              <small>
                {[
                  formatMetres(each.distanceMetres, lang),
                  formatTime(each.reportedAt),
                  enums('severity', each.severity),
                  labels.state(each.state),
                  each.department?.name,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              aria-label={t('report.joinOne', { title: each.title })}
              onClick={() => onJoin(each)}
              data-testid="similar-join"
            >
              {t('report.join')}
            </Button>
          </li>
        ))}
      </ul>
      <p className="gw-hint">{t('report.similarHint')}</p>
    </section>
  )
}

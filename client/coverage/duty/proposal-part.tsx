import type { Analysis } from '../../../geodata/coverage/analysis.schema.ts'
import type { DutyProposal } from '../../../geodata/duties/duty-analysis.schema.ts'
import { Figure } from '../../ui/figure.tsx'
import { formatCount, formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { AdoptButton } from '../adopt-button.tsx'
import { ratio, roleName } from './words.ts'

/** Who is to take what, and what that does. */
export function ProposalPart({ analysis, proposal }: { analysis: Analysis; proposal: DutyProposal }) {
  const texts = useTexts()
  const { t, lang } = texts
  const { role, asked, assigned, changed, metres, proven, imbalanceBefore, imbalanceAfter } = proposal
  return (
    <section className="gw-duty-proposal" data-testid="duty-proposal">
      <h3>{t('dutyView.proposal', { role: roleName(role, texts) })}</h3>
      <dl className="gw-figure-grid">
        <Figure
          label={t('dutyView.assigned')}
          value={formatCount(assigned)}
          outOf={t('dutyView.assignedOf', { count: formatCount(asked) })}
          formula={t('dutyView.assignedFormula')}
          tone={assigned < asked ? 'due' : undefined}
          testId="figure-assigned"
        />
        <Figure
          label={t('dutyView.balance')}
          value={ratio(imbalanceAfter)}
          outOf={t('dutyView.balanceOf', { before: ratio(imbalanceBefore) })}
          formula={t('dutyView.balanceFormula')}
        />
        <Figure
          label={t('dutyView.changes')}
          value={formatCount(changed)}
          outOf={t('dutyView.changesOf', { metres: formatMetres(metres, lang) })}
          formula={t('dutyView.changesFormula')}
        />
      </dl>
      <p className="gw-hint">{t(proven ? 'dutyView.proven' : 'dutyView.notProven')}</p>
      {analysis.staleSince !== null && <p className="gw-hint">{t('dutyView.adoptStale')}</p>}
      {assigned > 0 && (
        <AdoptButton
          analysis={analysis.id}
          label={t('dutyView.adopt')}
          done={(count) => t('dutyView.adopted', { count })}
        />
      )}
    </section>
  )
}

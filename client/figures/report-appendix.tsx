import type { Definitions } from '../../geodata/figures/indicator.schema.ts'
import { useTexts } from '../ui/i18n.ts'

/** Every formula, as it was used. */
export function ReportAppendix({ definitions }: { definitions: Definitions }) {
  const { t, lang } = useTexts()
  return (
    <section className="gw-report-formulas">
      <h4>{t('figures.appendix')}</h4>
      <dl>
        {definitions.indicators.map(({ id, formula, numerator, denominator }) => (
          <div key={id}>
            <dt>{formula[lang]}</dt>
            <dd>{numerator[lang]}</dd>
            <dd>{denominator[lang]}</dd>
          </div>
        ))}
      </dl>
      <p>{t('figures.unknownRule')}</p>
      <p>{t('figures.freshWhole')}</p>
      <p>{t('figures.solvedWhole')}</p>
      <p>{t('figures.standingWhole')}</p>
    </section>
  )
}

import { type HotlineReport, ROW_OUTCOMES } from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'

/** So many rows are shown: those that something is said about first. */
const MOST_SHOWN = 300

/** What becomes of each row of a file, and what of it was not read. */
export function OrderReport({ report }: { report: HotlineReport }) {
  const { t, lang } = useTexts()
  const { dryRun, counts, columns, masked, encoding, rows } = report
  const list = (names: readonly string[]) => names.join(t('dispatch.comma'))
  const shown = [...rows]
    .sort((a, b) => Math.min(b.notes.length, 1) - Math.min(a.notes.length, 1) || a.line - b.line)
    .slice(0, MOST_SHOWN)
  return (
    <div className="gw-hotline" data-testid="hotline-report">
      <h3>{t(dryRun ? 'dispatch.hotline.checked' : 'dispatch.hotline.written')}</h3>
      <ul className="gw-hotline-counts">
        {ROW_OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => (
          <li key={outcome}>
            {t(`dispatch.hotline.outcome.${outcome}`)} <b>{formatCount(counts[outcome])}</b>
          </li>
        ))}
      </ul>
      <p className="gw-hint">{t('dispatch.hotline.encoding', { encoding })}</p>
      {columns.personal.length > 0 && (
        <p className="gw-hint">{t('dispatch.hotline.leftOut', { columns: list(columns.personal) })}</p>
      )}
      {masked > 0 && <p className="gw-hint">{t('dispatch.hotline.masked', { count: masked })}</p>}
      {columns.unknown.length > 0 && (
        <p className="gw-hint">{t('dispatch.hotline.unknown', { columns: list(columns.unknown) })}</p>
      )}
      {columns.repeated.length > 0 && (
        <p className="gw-hint">
          {t('dispatch.hotline.repeatedColumns', { columns: list(columns.repeated) })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which keys must be able to do */}
      <ul className="gw-hotline-rows" tabIndex={0}>
        {shown.map(({ line, number, outcome, notes }) => (
          <li key={line} data-outcome={outcome} data-testid="hotline-row">
            <span>{number ?? t('dispatch.hotline.noNumber')}</span>
            <span>{t(`dispatch.hotline.outcome.${outcome}`)}</span>
            <small>
              {[t('dispatch.hotline.line', { line }), ...notes.map((note) => note[lang])].join(' · ')}
            </small>
          </li>
        ))}
      </ul>
      {rows.length > shown.length && (
        <p className="gw-hint">{t('dispatch.hotline.moreRows', { count: rows.length - shown.length })}</p>
      )}
    </div>
  )
}

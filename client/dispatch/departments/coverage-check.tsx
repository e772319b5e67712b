import { IconAlertTriangle, IconCircleCheck, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import {
  categoryKey,
  categoryName,
  type DispatchCoverage,
} from '../../../geodata/dispatch/department.schema.ts'
import { COVERAGE_KEY, getDispatchCoverage } from '../../api/dispatch.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'

type Row = DispatchCoverage['categories'][number]
/** So many grids are named; of more it is said how many. */
const MOST_NAMED = 30

/** A list to work off: categories that nobody has somewhere, and those that several have alike. A grid opens on the map. */
export function CoverageCheck({ onSelect }: { onSelect(at: string): void }) {
  const { t } = useTexts()
  const coverage = useQuery({ queryKey: COVERAGE_KEY, queryFn: getDispatchCoverage })
  const found = coverage.data?.categories.filter(({ gaps, conflicts }) => gaps.length + conflicts.length > 0)
  return (
    <section className="gw-dispatch-check" aria-labelledby="gw-dispatch-check" data-testid="coverage-check">
      <h2 id="gw-dispatch-check">{t('dispatch.departments.check')}</h2>
      {!found ? (
        <LoadState error={coverage.error} onRetry={() => void coverage.refetch()} />
      ) : found.length === 0 ? (
        <p className="gw-dispatch-good">
          <IconCircleCheck size={18} aria-hidden="true" />
          {t('dispatch.departments.covered')}
        </p>
      ) : (
        <ul className="gw-rows">
          {found.map((row) => (
            <CheckRow key={categoryKey(row.category)} row={row} onSelect={onSelect} />
          ))}
        </ul>
      )}
    </section>
  )
}

function CheckRow({
  row: { category, grids, gaps, conflicts },
  onSelect,
}: {
  row: Row
  onSelect(at: string): void
}) {
  const { t, lang } = useTexts()
  return (
    <li className="gw-dispatch-row" data-testid={`coverage-${category.code}`}>
      <b>
        {category.code} {categoryName(category, lang)}
      </b>
      {gaps.length > 0 && (
        <details open={gaps.length <= 3}>
          <summary data-tone="due">
            <IconAlertTriangle size={16} aria-hidden="true" />
            {gaps.length === grids
              ? t('dispatch.departments.gapsAll')
              : t('dispatch.departments.gaps', { count: gaps.length, grids })}
          </summary>
          <ul className="gw-dispatch-grids">
            {gaps.slice(0, MOST_NAMED).map(({ code, name, partly }) => (
              <li key={code}>
                <button type="button" onClick={() => onSelect(code)}>
                  {partly ? t('dispatch.departments.partly', { name: name || code }) : name || code}
                </button>
              </li>
            ))}
            {gaps.length > MOST_NAMED && (
              <li className="gw-hint">
                {t('dispatch.departments.more', { count: gaps.length - MOST_NAMED })}
              </li>
            )}
          </ul>
        </details>
      )}
      {conflicts.map(({ departments, grids: codes }) => (
        <p key={departments.map(({ id }) => id).join()}>
          <IconUsersGroup size={16} aria-hidden="true" />
          {t('dispatch.departments.conflict', {
            departments: departments.map(({ name }) => name).join(t('dispatch.comma')),
            count: codes.length,
          })}
        </p>
      ))}
    </li>
  )
}

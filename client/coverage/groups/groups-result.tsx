import '../../ui/panels.css'
import './groups.css'
import { groupsResultSchema, type ShopGroup } from '../../../geodata/duties/groups.schema.ts'
import { CellTable } from '../../ui/cell-table.tsx'
import { Figure } from '../../ui/figure.tsx'
import { formatCount, formatMetres, formatTenths } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { AdoptButton } from '../adopt-button.tsx'
import type { AnalysisResultProps } from '../analysis-view.ts'

/** The groups along each street, who leads them, and who is in none. */
export default function GroupsResult({ analysis, showFeature }: AnalysisResultProps) {
  const { t, lang } = useTexts()
  const found = groupsResultSchema.parse(analysis.result)
  const { premises, grouped, leftOver, offStreet, count, meanSize, meanMetres, all, groups } = found
  return (
    <div className="gw-group-result" data-testid="groups-result">
      <dl className="gw-figure-grid">
        <Figure
          label={t('groupsView.count')}
          value={formatCount(count)}
          outOf={
            meanSize === null || meanMetres === null
              ? '—'
              : t('groupsView.countOf', {
                  size: formatTenths(meanSize),
                  metres: formatMetres(meanMetres, lang),
                })
          }
          formula={t('groupsView.countFormula')}
          testId="figure-groups"
        />
        <Figure
          label={t('groupsView.grouped')}
          value={formatCount(grouped)}
          outOf={t('groupsView.groupedOf', { count: formatCount(premises) })}
          formula={t('groupsView.groupedFormula')}
        />
        <Figure
          label={t('groupsView.leftOver')}
          value={formatCount(leftOver)}
          outOf={t('groupsView.leftOverOf', { count: formatCount(offStreet) })}
          formula={t('groupsView.leftOverFormula')}
          tone={leftOver > 0 ? 'due' : undefined}
        />
      </dl>
      {count > 0 && (
        <>
          <AdoptButton
            analysis={analysis.id}
            label={t('groupsView.adopt')}
            done={(stored) => t('groupsView.adopted', { count: stored })}
          />
          <p className="gw-hint">{t('groupsView.adoptHint')}</p>
        </>
      )}
      <h3>{t('groupsView.table')}</h3>
      <CellTable
        caption={t('groupsView.table')}
        nameLabel={t('groupsView.number')}
        rows={groups.map((group, at) => ({
          ...group,
          at,
          code: String(group.number),
          name: `${group.number} · ${group.street ?? t('groupsView.noStreet')}`,
        }))}
        columns={[
          {
            id: 'shops',
            label: t('groupsView.shops'),
            show: ({ shops, isSmall }) =>
              isSmall ? (
                <>
                  {shops} <small>{t('groupsView.small')}</small>
                </>
              ) : (
                shops
              ),
          },
          { id: 'metres', label: t('groupsView.length'), show: ({ metres }) => formatMetres(metres, lang) },
          { id: 'leader', label: t('groupsView.leader'), show: ({ leader }) => leader ?? '—' },
        ]}
        onSelect={({ at }) => showFeature(...featureOf(groups, at))}
        empty={t('groupsView.none')}
      />
      {all > groups.length && <p className="gw-hint">{t('groupsView.listCut', { count: groups.length })}</p>}
    </div>
  )
}

/** A group's line, or its only shop: parts have them in the order of the groups. */
function featureOf(groups: readonly ShopGroup[], at: number): [part: string, id: number] {
  const before = groups.slice(0, at)
  return groups[at]!.shops > 1
    ? ['group', before.filter(({ shops }) => shops > 1).length + 1]
    : ['shop', before.reduce((sum, { shops }) => sum + shops, 0) + 1]
}

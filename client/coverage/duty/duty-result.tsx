import '../../ui/panels.css'
import './duty.css'
import { Select } from '@mantine/core'
import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import { CellTable } from '../../ui/cell-table.tsx'
import { Figure } from '../../ui/figure.tsx'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisResultProps } from '../analysis-view.ts'
import { LoadTable } from './load-table.tsx'
import { ProposalPart } from './proposal-part.tsx'
import { readResult } from './read-result.ts'
import { ratio, roleName } from './words.ts'

const PARTS = ['held', 'post-held', 'gap', 'post-gap', 'assigned'] as const

/** What nobody looks after, how even the rest is, and who is to take what. */
export default function DutyResult({ analysis, showParts, ...frame }: AnalysisResultProps) {
  const texts = useTexts()
  const { t } = texts
  const { coverage, proposal } = readResult(analysis)
  const worst = coverage.reduce((a, b) => (b.gaps > a.gaps ? b : a), coverage[0]!)
  const [chosen, setChosen] = useState<string>(proposal?.role ?? worst.role)
  const [holder, setHolder] = useState<string>()
  const shown = coverage.find(({ role }) => role === chosen) ?? worst
  const { role } = shown

  useEffect(() => {
    const ofRole: FilterSpecification = ['==', ['get', 'role'], role]
    const ofHolder: FilterSpecification = ['all', ofRole, isHeldBy(holder ?? '')]
    showParts(PARTS.map((part) => ({ part, filter: holder === undefined ? ofRole : ofHolder })))
    return () => showParts(undefined)
  }, [showParts, role, holder])

  const gaps = coverage.reduce((sum, row) => sum + row.gaps, 0)
  const targets = coverage.reduce((sum, row) => sum + row.targets, 0)
  const homes = coverage.find((row) => row.role === 'building-leader')
  return (
    <div className="gw-duty-result" data-testid="duty-result">
      <dl className="gw-figure-grid">
        <Figure
          label={t('dutyView.gaps')}
          value={formatCount(gaps)}
          outOf={t('dutyView.gapsOf', { count: formatCount(targets) })}
          formula={t('dutyView.gapsFormula')}
          tone={gaps > 0 ? 'critical' : undefined}
          testId="figure-gaps"
        />
        {homes && homes.households > 0 && (
          <Figure
            label={t('dutyView.uncovered')}
            value={formatCount(homes.householdsUncovered)}
            outOf={t('dutyView.uncoveredOf', { count: formatCount(homes.households) })}
            formula={t('dutyView.uncoveredFormula')}
            tone={homes.householdsUncovered > 0 ? 'critical' : undefined}
          />
        )}
      </dl>
      <h3>{t('dutyView.table')}</h3>
      <CellTable
        caption={t('dutyView.table')}
        nameLabel={t('dutyView.role')}
        rows={coverage.map((row) => ({ ...row, code: row.role, name: roleName(row.role, texts) }))}
        columns={[
          {
            id: 'gaps',
            label: t('dutyView.missing'),
            show: (row) => <b data-tone={row.gaps > 0 ? 'critical' : undefined}>{formatCount(row.gaps)}</b>,
          },
          { id: 'targets', label: t('dutyView.targets'), show: (row) => formatCount(row.targets) },
          { id: 'holders', label: t('dutyView.holders'), show: (row) => formatCount(row.holders) },
          { id: 'imbalance', label: t('dutyView.imbalance'), show: (row) => ratio(row.imbalance) },
        ]}
        onSelect={(row) => {
          setChosen(row.role)
          setHolder(undefined)
        }}
        empty={t('dutyView.noTargets')}
      />
      {proposal && <ProposalPart analysis={analysis} proposal={proposal} />}
      <Select
        size="xs"
        label={t('dutyView.shown')}
        allowDeselect={false}
        value={role}
        onChange={(next) => {
          if (next) setChosen(next)
          setHolder(undefined)
        }}
        data={coverage.map((row) => ({ value: row.role, label: roleName(row.role, texts) }))}
        data-testid="duty-shown"
      />
      {shown.several > 0 && (
        <p className="gw-hint">
          {t('dutyView.several', { count: shown.several, role: roleName(role, texts) })}
        </p>
      )}
      <LoadTable
        caption={t('dutyView.loads', { role: roleName(role, texts) })}
        loads={shown.loads}
        all={shown.holders}
        holder={holder}
        onHolder={setHolder}
        role={role}
        select={frame.select}
      />
    </div>
  )
}

/** Several holders stand in one text. */
const isHeldBy = (holder: string): ExpressionSpecification => [
  'in',
  `、${holder}、`,
  ['concat', '、', ['coalesce', ['get', 'holder'], ''], '、'],
]

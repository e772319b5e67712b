import '../dispatch.css'
import { Badge, Button } from '@mantine/core'
import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { categoryName, type Department } from '../../../geodata/dispatch/department.schema.ts'
import { DEPARTMENTS_KEY, listDepartments } from '../../api/dispatch.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import type { SectionProps } from '../../ui/sections/section-props.ts'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { texts } from '../texts.ts'
import { CoverageCheck } from './coverage-check.tsx'
import { DepartmentForm } from './department-form.tsx'

addTexts(texts)

/** Who handles what and where; below it what nobody covers. One of them at a time is changed beside the list. */
export default function DepartmentsSection({ cell, onSelect }: SectionProps) {
  const { t } = useTexts()
  const [open, setOpen] = useState<number | 'new'>()
  const everywhere = useOwnArea() === undefined
  const may = useMay('configure') && everywhere
  const departments = useQuery({ queryKey: DEPARTMENTS_KEY, queryFn: listDepartments })
  const chosen = departments.data?.find(({ id }) => id === open)
  return (
    <div className="gw-admin-split" data-open={open !== undefined || undefined}>
      <div className="gw-admin-list">
        <div className="gw-admin-bar">
          <p className="gw-hint">{t('dispatch.departments.lead')}</p>
          {may && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => setOpen('new')}
              data-testid="department-add"
            >
              {t('dispatch.departments.add')}
            </Button>
          )}
        </div>
        {!may && <p className="gw-hint">{t('dispatch.departments.mayNot')}</p>}
        {!departments.data ? (
          <LoadState error={departments.error} onRetry={() => void departments.refetch()} />
        ) : (
          <>
            <ul className="gw-people" aria-label={t('section.departments')}>
              {departments.data.map((each) => (
                <DepartmentRow
                  key={each.id}
                  department={each}
                  isOpen={each.id === open}
                  onOpen={may ? () => setOpen(each.id) : undefined}
                />
              ))}
              {departments.data.length === 0 && <li className="gw-hint">{t('dispatch.departments.none')}</li>}
            </ul>
            <CoverageCheck onSelect={onSelect} />
          </>
        )}
      </div>
      {open !== undefined && (open === 'new' || chosen) && (
        <DepartmentForm
          key={chosen ? `${chosen.id}-${chosen.version}` : 'new'}
          department={chosen}
          cell={cell}
          onSaved={({ id }) => setOpen(id)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}

interface DepartmentRowProps {
  department: Department
  isOpen: boolean
  /** undefined: whoever looks may not change it. */
  onOpen: (() => void) | undefined
}

function DepartmentRow({ department, isOpen, onOpen }: DepartmentRowProps) {
  const { t, lang } = useTexts()
  const { name, active, area, areaHidden, categories, people, openCases } = department
  const names = area.map((cell) => cell.name || cell.code)
  const where =
    area.length === 0 && areaHidden === 0
      ? t('dispatch.departments.everywhere')
      : [...names, ...(areaHidden > 0 ? [t('dispatch.departments.hidden', { count: areaHidden })] : [])].join(
          t('dispatch.comma'),
        )
  const what =
    categories.map((category) => categoryName(category, lang)).join(t('dispatch.comma')) ||
    t('dispatch.departments.noCategories')
  return (
    <li>
      <button
        type="button"
        className="gw-person"
        aria-pressed={isOpen}
        data-off={!active || undefined}
        disabled={onOpen === undefined}
        onClick={onOpen}
        data-testid="department-row"
      >
        <IconBuildingCommunity size={20} stroke={1.6} aria-hidden="true" />
        <span>
          <b>{name}</b>
          <small>{t('dispatch.departments.people', { count: people })}</small>
        </span>
        <span>
          {what}
          <small>{where}</small>
        </span>
        <span className="gw-person-state">
          {active ? (
            <small>{t('dispatch.departments.cases', { count: openCases })}</small>
          ) : (
            <Badge color="gray" variant="light">
              {t('dispatch.departments.inactive')}
            </Badge>
          )}
        </span>
      </button>
    </li>
  )
}

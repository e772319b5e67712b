import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import type { OwnerReason } from '../../geodata/dispatch/department.schema.ts'
import { getOwners } from '../api/cases.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'

interface DepartmentFieldProps {
  hazardId: number
  value: number | undefined
  onChange(next: number): void
  error: ReactNode
}

/** Whose a case becomes, the likeliest first, each with what speaks for it; the one that the rules suggest is chosen already. */
export function DepartmentField({ hazardId, value, onChange, error }: DepartmentFieldProps) {
  const { t } = useTexts()
  const asked = useQuery({ queryKey: ['cases', 'owners', hazardId], queryFn: () => getOwners(hazardId) })
  const suggested = asked.data?.suggested ?? null
  useEffect(() => {
    if (value === undefined && suggested !== null) onChange(suggested)
  }, [value, suggested, onChange])
  const owners = asked.data?.owners ?? []
  const chosen = owners.find(({ department }) => department.id === value)
  const because = ({ code, ...of }: OwnerReason) => t(`cases.because.${code}`, of)
  const whyOf = (reasons: readonly OwnerReason[]) => reasons.map(because).join(t('cases.comma'))
  return (
    <>
      <Select
        label={t('cases.form.department')}
        required
        searchable
        allowDeselect={false}
        disabled={!asked.data}
        value={value === undefined ? null : String(value)}
        onChange={(next) => next && onChange(Number(next))}
        data={owners.map(({ department }) => ({ value: String(department.id), label: department.name }))}
        renderOption={({ option }) => {
          const owner = owners.find(({ department }) => String(department.id) === option.value)
          return (
            <span className="gw-case-owner">
              {option.label}
              {owner && owner.reasons.length > 0 && <small>{whyOf(owner.reasons)}</small>}
            </span>
          )
        }}
        nothingFoundMessage={t('cases.form.noDepartment')}
        comboboxProps={{ withinPortal: true }}
        data-missing={value === undefined || undefined}
        data-testid="case-department"
        error={error}
      />
      {chosen && (
        <p className="gw-hint" data-testid="case-because">
          {chosen.department.id === suggested && `${t('cases.form.suggested')} `}
          {whyOf(chosen.reasons) || t('cases.form.noReason')}
        </p>
      )}
      {asked.data?.conflict && <p className="gw-hint">{t('cases.form.conflict')}</p>}
      {asked.data && owners.length === 0 && <p className="gw-wrong">{t('cases.form.noDepartments')}</p>}
      <ProblemAlert error={asked.error} />
    </>
  )
}

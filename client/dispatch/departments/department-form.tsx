import { Button, Checkbox, Switch, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import {
  type Category,
  categoryKey,
  categoryName,
  type Department,
  type DepartmentInput,
} from '../../../geodata/dispatch/department.schema.ts'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import { addDepartment, DEPARTMENTS_KEY, deleteDepartment, putDepartment } from '../../api/dispatch.ts'
import { AreaPicker, type PickedArea } from '../../ui/area-picker/area-picker.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { Detail } from '../../ui/sections/detail.tsx'
import { toastDone } from '../../ui/toast.tsx'

interface DepartmentFormProps {
  /** undefined: a new one. */
  department: Department | undefined
  cell: AreaCell | undefined
  onSaved(department: Department): void
  onClose(): void
}

const inputOf = ({ name, active, area, categories }: Department): DepartmentInput => ({
  name,
  active,
  area: area.map(({ code }) => code),
  categories,
})

/** One department: its name, what it covers, whether it is given cases. What was saved can be taken back. */
export function DepartmentForm({ department, cell, onSaved, onClose }: DepartmentFormProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [name, setName] = useState(department?.name ?? '')
  const [active, setActive] = useState(department?.active ?? true)
  const [area, setArea] = useState<PickedArea>(() => ({
    everywhere: department === undefined || (department.area.length === 0 && department.areaHidden === 0),
    cells: department?.area ?? [],
  }))
  const [categories, setCategories] = useState<readonly Category[]>(department?.categories ?? [])
  const [told, setTold] = useState(false)
  const wrong = name.trim() === ''
  /** The list is right before a toast says so. */
  const refresh = () => queries.invalidateQueries({ queryKey: DEPARTMENTS_KEY })
  const known = HAZARD_CATEGORIES.map(({ standard, kind, code }): Category => ({ standard, kind, code }))
  const keys = new Set(categories.map(categoryKey))
  const others = categories.filter((each) => !known.some((other) => categoryKey(other) === categoryKey(each)))
  const toggle = (category: Category) => {
    const key = categoryKey(category)
    setCategories(
      keys.has(key) ? categories.filter((each) => categoryKey(each) !== key) : [...categories, category],
    )
  }

  const save = useMutation({
    mutationFn: () => {
      const input: DepartmentInput = {
        name: name.trim(),
        active,
        area: area.everywhere ? [] : area.cells.map(({ code }) => code),
        categories: [...categories],
      }
      return department ? putDepartment(department, input) : addDepartment(input)
    },
    onSuccess: async (saved) => {
      await refresh()
      toastDone(
        t(department ? 'dispatch.departments.saved' : 'dispatch.departments.added', { name: saved.name }),
        {
          undo: async () => {
            await (department ? putDepartment(saved, inputOf(department)) : deleteDepartment(saved))
            await refresh()
          },
        },
      )
      onSaved(saved)
    },
    onError: () => void refresh(),
  })
  const remove = useMutation({
    mutationFn: (gone: Department) => deleteDepartment(gone),
    onSuccess: async (_, gone) => {
      await refresh()
      toastDone(t('dispatch.departments.removed', { name: gone.name }), {
        undo: async () => {
          await addDepartment(inputOf(gone))
          await refresh()
        },
      })
      onClose()
    },
    onError: () => void refresh(),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (!wrong && !save.isPending) save.mutate()
  }
  return (
    <Detail title={department?.name ?? t('dispatch.departments.add')} onClose={onClose}>
      <form className="gw-form" onSubmit={submit} noValidate data-testid="department-form">
        <TextInput
          label={t('dispatch.departments.name')}
          description={t('dispatch.departments.nameHint')}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={told && wrong && t('dispatch.needed')}
          data-autofocus={department === undefined || undefined}
          data-testid="department-name"
        />
        <Switch
          label={t('dispatch.departments.active')}
          description={t('dispatch.departments.inactiveHint')}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <fieldset className="gw-dispatch-categories">
          <legend>{t('dispatch.departments.categories')}</legend>
          {keys.size === 0 && <p className="gw-hint">{t('dispatch.departments.categoriesNone')}</p>}
          {[...known, ...others].map((category) => (
            <Checkbox
              key={categoryKey(category)}
              size="xs"
              checked={keys.has(categoryKey(category))}
              onChange={() => toggle(category)}
              label={`${category.code} ${categoryName(category, lang)}`}
              data-testid={`category-${category.code}`}
            />
          ))}
        </fieldset>
        <AreaPicker
          label={t('dispatch.departments.area')}
          value={area}
          onChange={setArea}
          selected={cell}
          everywhereLabel={t('dispatch.departments.everywhere')}
          noneLabel={t('dispatch.departments.areaNone')}
        />
        <ProblemAlert error={save.error ?? remove.error} />
        <Button type="submit" loading={save.isPending} data-testid="department-save">
          {t('dispatch.departments.save')}
        </Button>
      </form>
      {department && (
        <div className="gw-admin-acts">
          <Button
            variant="default"
            loading={remove.isPending}
            onClick={() => remove.mutate(department)}
            data-testid="department-remove"
          >
            {t('dispatch.departments.remove')}
          </Button>
        </div>
      )}
    </Detail>
  )
}

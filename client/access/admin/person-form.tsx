import { Button, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import type { Person, PersonRole } from '../../../geodata/access/people.schema.ts'
import { addPerson, changePerson, resetPassword } from '../../api/access.ts'
import { DEPARTMENTS_KEY, listDepartments } from '../../api/dispatch.ts'
import { AreaPicker, type PickedArea } from '../../ui/area-picker/area-picker.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { Detail } from '../../ui/sections/detail.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { nameFault, usernameFault } from '../credential-faults.ts'
import { NameField, RoleField, UsernameField } from '../person-fields.tsx'
import { FreshSecret, showSecret } from './fresh-secret.tsx'
import { SessionList } from './session-list.tsx'

interface PersonFormProps {
  /** undefined: someone new. */
  person: Person | undefined
  /** The person is who is signed in. */
  self: boolean
  cell: AreaCell | undefined
  onAdded(person: Person): void
  onClose(): void
}

/** One person: name, role and area; a new password, an end to the account; nobody is ever deleted. */
export function PersonForm({ person, self, cell, onAdded, onClose }: PersonFormProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [name, setName] = useState(person?.name ?? '')
  const [username, setUsername] = useState(person?.username ?? '')
  const [role, setRole] = useState<PersonRole>(person?.role ?? 'officer')
  const [area, setArea] = useState<PickedArea>(() => ({
    everywhere: person?.area === 'everywhere',
    cells: person && person.area !== 'everywhere' ? person.area : [],
  }))
  const [departmentId, setDepartmentId] = useState<number | null>(person?.department?.id ?? null)
  const departments = useQuery({ queryKey: DEPARTMENTS_KEY, queryFn: listDepartments })
  const [touched, setTouched] = useState(false)
  const wanted = {
    name: name.trim(),
    role,
    everywhere: area.everywhere,
    area: area.everywhere ? [] : area.cells.map(({ code }) => code),
    departmentId,
  }
  const wrong = nameFault(name) ?? (person ? undefined : usernameFault(username))
  const refresh = () => void queries.invalidateQueries({ queryKey: ['people'] })

  const save = useMutation({
    mutationFn: async () => {
      if (person) return { person: await changePerson(person, wanted), password: undefined }
      return addPerson({ ...wanted, username: username.trim() })
    },
    onSuccess: ({ person: saved, password }) => {
      if (password) showSecret({ title: `${saved.name} · ${saved.username}`, secret: password })
      toastDone(t(person ? 'admin.personSaved' : 'admin.personAdded', { name: saved.name }))
      refresh()
      if (!person) onAdded(saved)
    },
    onError: refresh,
  })
  const reset = useMutation({
    mutationFn: (of: Person) => resetPassword(of.id),
    onSuccess: ({ password }, of) => {
      showSecret({ title: `${of.name} · ${of.username}`, secret: password })
      refresh()
    },
  })
  const disable = useMutation({
    mutationFn: (of: Person) => changePerson(of, { disabled: !of.disabled }),
    onSuccess: (saved) => {
      toastDone(t(saved.disabled ? 'admin.nowDisabled' : 'admin.nowEnabled', { name: saved.name }), {
        undo: async () => {
          await changePerson(saved, { disabled: !saved.disabled })
          refresh()
        },
      })
      refresh()
    },
    onError: refresh,
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    setTouched(true)
    if (!wrong) save.mutate()
  }
  return (
    <Detail title={person?.name ?? t('admin.addPerson')} onClose={onClose}>
      <FreshSecret />
      <form className="gw-form" onSubmit={submit} noValidate data-testid="person-form">
        <NameField value={name} onChange={setName} told={touched} autoFocus={!person} testId="person-name" />
        <UsernameField
          value={username}
          onChange={setUsername}
          told={touched && !person}
          hint={!person}
          readOnly={person !== undefined}
          testId="person-username"
        />
        <RoleField value={role} onChange={setRole} hint />
        <Select
          label={t('admin.department')}
          description={t('admin.departmentHint')}
          placeholder={t('admin.noDepartment')}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('admin.noDepartment') }}
          value={departmentId === null ? null : String(departmentId)}
          onChange={(next) => setDepartmentId(next === null ? null : Number(next))}
          // One that is given up stays with its people until somebody chooses another.
          data={(departments.data ?? [])
            .filter(({ id, active }) => active || id === person?.department?.id)
            .map(({ id, name }) => ({ value: String(id), label: name }))}
          data-testid="person-department"
        />
        {role === 'administrator' ? (
          <p className="gw-hint">{t('admin.administratorEverywhere')}</p>
        ) : (
          <AreaPicker
            label={t('access.area')}
            value={area}
            onChange={setArea}
            selected={cell}
            everywhereLabel={t('access.everywhere')}
          />
        )}
        <ProblemAlert error={save.error ?? reset.error ?? disable.error} />
        <Button type="submit" loading={save.isPending} data-testid="person-save">
          {t(person ? 'admin.save' : 'admin.add')}
        </Button>
      </form>
      {person && !self && (
        <div className="gw-admin-acts">
          <Button
            variant="default"
            loading={reset.isPending}
            onClick={() => reset.mutate(person)}
            data-testid="person-reset"
          >
            {t('admin.resetPassword')}
          </Button>
          <Button
            variant="default"
            loading={disable.isPending}
            onClick={() => disable.mutate(person)}
            data-testid="person-disable"
          >
            {t(person.disabled ? 'admin.enable' : 'admin.disable')}
          </Button>
        </div>
      )}
      {person && (
        <>
          <h3>{t('section.sessions')}</h3>
          <SessionList person={person.id} />
        </>
      )}
    </Detail>
  )
}

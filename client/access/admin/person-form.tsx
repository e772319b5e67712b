import { ActionIcon, Alert, Button, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import { type Person, personRoleSchema } from '../../../geodata/access/people.schema.ts'
import { ROLES } from '../../../geodata/access/roles.ts'
import { addPerson, changePerson, resetPassword } from '../../api/access.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { usernameFault } from '../new-password.ts'
import { AreaPicker, type PickedArea } from './area-picker.tsx'
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
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [name, setName] = useState(person?.name ?? '')
  const [username, setUsername] = useState(person?.username ?? '')
  const [role, setRole] = useState(person?.role ?? ('officer' as const))
  const [area, setArea] = useState<PickedArea>(() => ({
    everywhere: person?.area === 'everywhere',
    cells: person && person.area !== 'everywhere' ? person.area : [],
  }))
  const [touched, setTouched] = useState(false)
  const wanted = {
    name: name.trim(),
    role,
    everywhere: area.everywhere,
    area: area.everywhere ? [] : area.cells.map(({ code }) => code),
  }
  const nameWrong = wanted.name === ''
  const usernameWrong = person ? undefined : usernameFault(username)
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
    if (!nameWrong && !usernameWrong) save.mutate()
  }
  const error = save.error ?? reset.error ?? disable.error
  return (
    <section className="gw-admin-detail" aria-label={person?.name ?? t('admin.addPerson')}>
      <header className="gw-admin-detail-head">
        <h2>{person ? person.name : t('admin.addPerson')}</h2>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('toast.close')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <FreshSecret />
      <form className="gw-form" onSubmit={submit} noValidate data-testid="person-form">
        <TextInput
          label={t('access.name')}
          value={name}
          maxLength={80}
          error={touched && nameWrong && t('access.nameMissing')}
          autoFocus={!person}
          onChange={(event) => setName(event.currentTarget.value)}
          data-testid="person-name"
        />
        <TextInput
          label={t('access.username')}
          description={person ? undefined : t('access.usernameHint')}
          value={username}
          readOnly={person !== undefined}
          maxLength={32}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={touched && usernameWrong && t(usernameWrong)}
          onChange={(event) => setUsername(event.currentTarget.value.toLowerCase())}
          data-testid="person-username"
        />
        <Select
          label={t('access.role')}
          description={t(`access.does.${role}`)}
          allowDeselect={false}
          value={role}
          onChange={(next) => setRole(personRoleSchema.parse(next))}
          data={personRoleSchema.options.map((value) => ({ value, label: ROLES[value][lang] }))}
          data-testid="person-role"
        />
        {role === 'administrator' ? (
          <p className="gw-hint">{t('admin.administratorEverywhere')}</p>
        ) : (
          <AreaPicker
            value={area}
            onChange={setArea}
            selected={cell}
            everywhereLabel={t('access.everywhere')}
          />
        )}
        {error && (
          <Alert color="orange" role="alert">
            <ProblemText error={error} />
          </Alert>
        )}
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
    </section>
  )
}

import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { PersonRole } from '../../../geodata/access/people.schema.ts'
import { addPerson } from '../../api/access.ts'
import { listFeatures } from '../../api/places.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { toError } from '../../ui/problem-words.ts'
import { nameFault, usernameFault } from '../credential-faults.ts'
import { NameField, RoleField, UsernameField } from '../person-fields.tsx'
import { Secret } from '../secret.tsx'

interface Row {
  key: number
  name: string
  username: string
  role: PersonRole
  /** Code of a cell, or `everywhere`. */
  area: string | null
}
interface Added {
  name: string
  username: string
  password: string | undefined
}

const MOST_CELLS = 200
const OFFERED: PersonRole[] = ['supervisor', 'officer']

/** The first people: a row each, with a role and an area. Their passwords are shown once. */
export function PeopleStep({ onDone }: { onDone(): void }) {
  const { t } = useTexts()
  const cells = useQuery({
    queryKey: ['guide-cells'],
    queryFn: () => listFeatures('communities', { limit: MOST_CELLS, geometry: false }),
  })
  const choices = [
    { value: 'everywhere', label: t('access.everywhere') },
    ...(cells.data?.features ?? []).flatMap(({ properties: { code, name } }) =>
      typeof code === 'string' ? [{ value: code, label: String(name || code) }] : [],
    ),
  ]
  const [rows, setRows] = useState<Row[]>(() =>
    OFFERED.map((role, key) => ({ key, name: '', username: '', role, area: null })),
  )
  const [touched, setTouched] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const [added, setAdded] = useState<Added[]>([])
  const set = (key: number, patch: Partial<Row>) =>
    setRows((old) => old.map((row) => (row.key === key ? { ...row, ...patch } : row)))
  const filled = rows.filter(({ name, username }) => name.trim() || username.trim())
  const faultOf = ({ name, username, area }: Row) => ({
    name: nameFault(name),
    username: usernameFault(username),
    area: area ? undefined : ('access.areaMissing' as const),
  })
  const wrong = filled.some((row) => Object.values(faultOf(row)).some(Boolean))

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTouched(true)
    if (busy || wrong || filled.length === 0) return
    setBusy(true)
    setError(undefined)
    try {
      for (const row of filled) {
        const everywhere = row.area === 'everywhere'
        const { password } = await addPerson({
          username: row.username.trim(),
          name: row.name.trim(),
          role: row.role,
          everywhere,
          area: everywhere ? [] : [row.area!],
        })
        // One by one: those that are added are not offered again when a later one fails.
        setAdded((old) => [...old, { name: row.name.trim(), username: row.username.trim(), password }])
        setRows((old) => old.filter(({ key }) => key !== row.key))
      }
    } catch (thrown) {
      setError(toError(thrown))
    } finally {
      setBusy(false)
    }
  }

  const finished = added.length > 0 && filled.length === 0
  const onward = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (finished) onward.current?.focus()
  }, [finished])
  return (
    <form className="gw-guide-people" onSubmit={(event) => void submit(event)} noValidate>
      {added.length > 0 && (
        <>
          <p className="gw-guide-text" role="status">
            {t('access.passwordsOnce')}
          </p>
          <ul className="gw-secrets">
            {added.map(({ name, username, password }) => (
              <li key={username}>
                <Secret title={`${name} · ${username}`} secret={password ?? ''} />
              </li>
            ))}
          </ul>
        </>
      )}
      {!finished && (
        <>
          {rows.map((row, index) => {
            const fault = faultOf(row)
            const told = touched && filled.includes(row)
            const nth = t('access.personNumber', { number: index + 1 })
            return (
              <fieldset key={row.key} className="gw-guide-person">
                <legend className="gw-unseen">{nth}</legend>
                <NameField
                  value={row.name}
                  onChange={(name) => set(row.key, { name })}
                  told={told}
                  autoFocus={index === 0 && added.length === 0}
                  testId="person-name"
                />
                <UsernameField
                  value={row.username}
                  onChange={(username) => set(row.key, { username })}
                  told={told}
                  testId="person-username"
                />
                <RoleField value={row.role} onChange={(role) => set(row.key, { role })} />
                <Select
                  label={t('access.area')}
                  searchable
                  allowDeselect={false}
                  placeholder={t('access.chooseArea')}
                  value={row.area}
                  error={told && fault.area && t(fault.area)}
                  onChange={(area) => set(row.key, { area })}
                  data={choices}
                  data-testid="person-area"
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={28}
                  aria-label={t('access.removePerson', { who: row.name || nth })}
                  onClick={() => setRows((old) => old.filter(({ key }) => key !== row.key))}
                >
                  <IconX size={16} />
                </ActionIcon>
              </fieldset>
            )
          })}
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() =>
              setRows((old) => [
                ...old,
                {
                  key: Math.max(-1, ...old.map(({ key }) => key)) + 1,
                  name: '',
                  username: '',
                  role: 'officer',
                  area: null,
                },
              ])
            }
          >
            {t('access.anotherPerson')}
          </Button>
        </>
      )}
      <ProblemAlert error={error} />
      <div className="gw-guide-acts">
        {finished ? (
          <Button ref={onward} size="md" onClick={onDone} data-testid="guide-done">
            {t('access.toMap')}
          </Button>
        ) : (
          <>
            <Button variant="default" size="md" onClick={onDone} data-testid="guide-skip">
              {t('access.later')}
            </Button>
            <Button
              type="submit"
              size="md"
              loading={busy}
              disabled={filled.length === 0}
              data-testid="guide-people-go"
            >
              {t('access.addPeople', { count: filled.length })}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}

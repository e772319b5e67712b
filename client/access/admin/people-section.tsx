import { Badge, Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLES } from '../../../geodata/access/roles.ts'
import { listPeople } from '../../api/access.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import type { SectionProps } from '../../ui/sections/section-props.ts'
import { areaWords } from '../area-words.ts'
import { RoleIcon } from '../role-icon.tsx'
import { useSecretsEndHere } from './fresh-secret.tsx'
import { PersonForm } from './person-form.tsx'

/** Everyone who may sign in: who they are, what they may and where; one of them at a time is changed beside the list. */
export default function PeopleSection({ session, cell }: SectionProps) {
  const { t, lang } = useTexts()
  const [query, setQuery] = useState('')
  const [wanted] = useDebouncedValue(query.trim(), 150)
  const [open, setOpen] = useState<number | 'new'>()
  useSecretsEndHere()
  const people = useQuery({
    queryKey: ['people', wanted],
    queryFn: ({ signal }) => listPeople(wanted, signal),
    placeholderData: keepPreviousData,
  })
  const person = people.data?.find(({ id }) => id === open)
  return (
    <div className="gw-admin-split" data-open={open !== undefined || undefined}>
      <div className="gw-admin-list">
        <div className="gw-admin-bar">
          <TextInput
            aria-label={t('admin.searchPeople')}
            placeholder={t('admin.searchPeople')}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            data-testid="people-search"
          />
          <Button
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setOpen('new')}
            data-testid="person-add"
          >
            {t('admin.addPerson')}
          </Button>
        </div>
        {!people.data ? (
          <LoadState error={people.error} onRetry={() => void people.refetch()} />
        ) : (
          <ul className="gw-people" aria-label={t('section.people')}>
            {people.data.map((each) => (
              <li key={each.id}>
                <button
                  type="button"
                  className="gw-person"
                  aria-pressed={each.id === open}
                  data-off={each.disabled || undefined}
                  onClick={() => setOpen(each.id)}
                  data-testid={`person-${each.username}`}
                >
                  <RoleIcon role={each.role} />
                  <span>
                    <b>{each.name}</b>
                    <small>{each.username}</small>
                  </span>
                  <span>
                    {ROLES[each.role][lang]}
                    <small>{areaWords(each.area, t)}</small>
                  </span>
                  <span className="gw-person-state">
                    {each.disabled ? (
                      <Badge color="gray" variant="light">
                        {t('admin.disabled')}
                      </Badge>
                    ) : each.mustChangePassword ? (
                      <Badge color="orange" variant="light">
                        {t('admin.neverSignedIn')}
                      </Badge>
                    ) : (
                      <small>
                        {each.lastSeenAt
                          ? t('admin.lastSeen', { time: formatTime(each.lastSeenAt) })
                          : t('admin.signedOut')}
                      </small>
                    )}
                  </span>
                </button>
              </li>
            ))}
            {people.data.length === 0 && <li className="gw-hint">{t('admin.noPeople')}</li>}
          </ul>
        )}
      </div>
      {open !== undefined && (open === 'new' || person) && (
        <PersonForm
          key={person ? `${person.id}-${person.version}` : 'new'}
          person={person}
          self={person?.id === session.person?.id}
          cell={cell}
          onAdded={({ id }) => setOpen(id)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}

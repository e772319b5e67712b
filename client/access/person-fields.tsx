import { Select, TextInput } from '@mantine/core'
import { type PersonRole, personRoleSchema } from '../../geodata/access/people.schema.ts'
import { ROLES } from '../../geodata/access/roles.ts'
import { useTexts } from '../ui/i18n.ts'
import { nameFault, usernameFault } from './credential-faults.ts'

interface FieldProps {
  value: string
  onChange(value: string): void
  /** Says what is wrong with it; not before someone has tried to go on. */
  told: boolean
  hint?: boolean
  size?: 'sm' | 'md'
  autoFocus?: boolean
  testId: string
}

interface NameFieldProps extends FieldProps {
  /** The name is one's own. */
  own?: boolean
}

export function NameField({ onChange, told, hint, own, testId, ...rest }: NameFieldProps) {
  const { t } = useTexts()
  const fault = nameFault(rest.value)
  return (
    <TextInput
      {...rest}
      label={t('access.name')}
      description={hint && t('access.nameHint')}
      error={told && fault && t(fault)}
      maxLength={80}
      autoComplete={own ? 'name' : 'off'}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-testid={testId}
    />
  )
}

interface UsernameFieldProps extends NameFieldProps {
  readOnly?: boolean
}

export function UsernameField({ onChange, told, hint, own, testId, ...rest }: UsernameFieldProps) {
  const { t } = useTexts()
  const fault = usernameFault(rest.value)
  return (
    <TextInput
      {...rest}
      label={t('access.username')}
      description={hint && t('access.usernameHint')}
      error={told && fault && t(fault)}
      maxLength={32}
      autoComplete={own ? 'username' : 'off'}
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value.toLowerCase())}
      data-testid={testId}
    />
  )
}

interface RoleFieldProps {
  value: PersonRole
  onChange(value: PersonRole): void
  hint?: boolean
}

export function RoleField({ value, onChange, hint }: RoleFieldProps) {
  const { t, lang } = useTexts()
  return (
    <Select
      label={t('access.role')}
      description={hint && t(`access.does.${value}`)}
      allowDeselect={false}
      value={value}
      onChange={(next) => onChange(personRoleSchema.parse(next))}
      data={personRoleSchema.options.map((role) => ({ value: role, label: ROLES[role][lang] }))}
      data-testid="person-role"
    />
  )
}

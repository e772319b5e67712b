import './access.css'
import { Menu, Modal, UnstyledButton } from '@mantine/core'
import { IconDevices, IconKey, IconLogout, IconPassword } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLES } from '../../geodata/access/roles.ts'
import type { Session } from '../../geodata/access/session.schema.ts'
import { signOut } from '../api/access.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { keepSession } from '../ui/session.ts'
import { toastDone, toastFailed } from '../ui/toast.tsx'
import { areaWords } from './area-words.ts'
import { PasswordForm } from './password-form.tsx'
import { RoleIcon } from './role-icon.tsx'
import { texts } from './texts.ts'

addTexts(texts)

interface AccountMenuProps {
  session: Session
  onSection(section: 'sessions' | 'tokens'): void
}

/** Who is signed in, as what and where; one's own password, sessions and tokens; the way out. */
export default function AccountMenu({ session, onSection }: AccountMenuProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [changing, setChanging] = useState(false)
  const { person, role, area } = session
  if (!person || !role) return null
  return (
    <>
      <Menu position="bottom-end" width={260} withinPortal shadow="md">
        <Menu.Target>
          <UnstyledButton
            className="gw-account"
            aria-label={t('access.account', { name: person.name })}
            data-testid="account"
          >
            {initialOf(person.name)}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className="gw-account-who" data-testid="account-who">
            <RoleIcon role={role} />
            <div>
              <b>{person.name}</b>
              <small>{person.username}</small>
              <small>
                {ROLES[role][lang]} · {areaWords(area, t)}
              </small>
            </div>
          </div>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPassword size={18} aria-hidden="true" />}
            onClick={() => setChanging(true)}
            data-testid="account-password"
          >
            {t('access.changePassword')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDevices size={18} aria-hidden="true" />}
            onClick={() => onSection('sessions')}
            data-testid="account-sessions"
          >
            {t('access.mySessions')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKey size={18} aria-hidden="true" />}
            onClick={() => onSection('tokens')}
            data-testid="account-tokens"
          >
            {t('access.myTokens')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLogout size={18} aria-hidden="true" />}
            onClick={() => void signOut().then(() => location.assign('/'), toastFailed)}
            data-testid="sign-out"
          >
            {t('access.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={changing}
        onClose={() => setChanging(false)}
        title={t('access.changePassword')}
        closeButtonProps={{ 'aria-label': t('toast.close') }}
      >
        <PasswordForm
          username={person.username}
          onChanged={(now) => {
            keepSession(queries, now)
            setChanging(false)
            toastDone(t('access.passwordChanged'))
          }}
        />
      </Modal>
    </>
  )
}

/** A Chinese name's own part comes last and is what people call each other by; others begin with theirs. */
function initialOf(name: string): string {
  const letters = [...name.trim()]
  return (/^\p{Script=Han}{2,4}$/u.test(name.trim()) ? letters.at(-1) : letters[0]?.toUpperCase()) ?? '?'
}

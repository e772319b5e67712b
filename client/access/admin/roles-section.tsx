import { IconCheck, IconMinus } from '@tabler/icons-react'
import { PERMISSIONS, type Permission } from '../../../geodata/access/permissions.ts'
import { mayRole, ROLE_NAMES, ROLES } from '../../../geodata/access/roles.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { SectionProps } from '../../ui/sections/section-props.ts'
import { RoleIcon } from '../role-icon.tsx'

const SHOWN = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => permission !== 'public')

// What scrolls must be reachable by keyboard; there is nothing in it to press.
const REACHABLE = { tabIndex: 0 }

/** Who may what, as the server enforces it: the one table, read only. */
export default function RolesSection({ session }: SectionProps) {
  const { t, lang } = useTexts()
  return (
    <div className="gw-admin-text">
      <p className="gw-hint">{t('admin.rolesHint')}</p>
      <section className="gw-roles-scroll" {...REACHABLE} aria-label={t('section.roles')}>
        <table className="gw-roles">
          <thead>
            <tr>
              <th scope="col">{t('access.role')}</th>
              {SHOWN.map((permission) => (
                <th key={permission} scope="col">
                  {PERMISSIONS[permission][lang]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROLE_NAMES.map((role) => (
              <tr key={role} data-own={role === session.role || undefined}>
                <th scope="row">
                  <div className="gw-roles-name">
                    <RoleIcon role={role} />
                    <span>
                      {ROLES[role][lang]}
                      <small>{role === session.role ? t('admin.yourRole') : t(`access.does.${role}`)}</small>
                    </span>
                  </div>
                </th>
                {SHOWN.map((permission) => (
                  <td key={permission}>
                    {mayRole(role, permission) ? (
                      <IconCheck size={18} className="gw-yes" aria-label={t('facts.yes')} role="img" />
                    ) : (
                      <IconMinus size={16} className="gw-no" aria-label={t('facts.no')} role="img" />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

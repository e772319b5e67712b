import type { Permission } from '../../../geodata/access/permissions.ts'

/** What is looked after in the settings besides the settings themselves, under these headings. */
export const SECTION_GROUPS = ['cases', 'walls', 'access'] as const

/** Each section and the permission that it asks for; client/app/settings-pages.tsx has their components. */
export const SECTIONS = [
  { id: 'workflow', needs: 'read', group: 'cases' },
  { id: 'limits', needs: 'read', group: 'cases' },
  { id: 'calendar', needs: 'read', group: 'cases' },
  { id: 'departments', needs: 'read', group: 'cases' },
  { id: 'walls', needs: 'wall', group: 'walls' },
  { id: 'people', needs: 'people', group: 'access' },
  { id: 'roles', needs: 'self', group: 'access' },
  { id: 'tokens', needs: 'self', group: 'access' },
  { id: 'sessions', needs: 'self', group: 'access' },
  { id: 'published', needs: 'configure', group: 'access' },
  { id: 'audit', needs: 'audit', group: 'access' },
] as const satisfies { id: string; needs: Permission; group: (typeof SECTION_GROUPS)[number] }[]
export type Section = (typeof SECTIONS)[number]['id']

/** The sections under a heading that whoever has these permissions may see. */
export const sectionsOf = (group: (typeof SECTION_GROUPS)[number], permissions: readonly Permission[]) =>
  SECTIONS.filter((section) => section.group === group && permissions.includes(section.needs))

/** The section that a link asks for, if whoever is signed in may see it. */
export const sectionOf = (
  asked: string | undefined,
  permissions: readonly Permission[],
): Section | undefined => SECTIONS.find(({ id, needs }) => id === asked && permissions.includes(needs))?.id

import type { Permission } from '../../../geodata/access/permissions.ts'

/** What is looked after in the settings besides the settings themselves, and the permission that each asks for. */
export const SECTIONS = [
  { id: 'people', needs: 'people' },
  { id: 'roles', needs: 'self' },
  { id: 'tokens', needs: 'self' },
  { id: 'sessions', needs: 'self' },
  { id: 'published', needs: 'configure' },
  { id: 'audit', needs: 'audit' },
] as const satisfies { id: string; needs: Permission }[]
export type Section = (typeof SECTIONS)[number]['id']

/** The section that a link asks for, if whoever is signed in may see it. */
export const sectionOf = (
  asked: string | undefined,
  permissions: readonly Permission[],
): Section | undefined => SECTIONS.find(({ id, needs }) => id === asked && permissions.includes(needs))?.id

import { PERMISSIONS, type Permission } from './permissions.ts'

const EVERYTHING = Object.keys(PERMISSIONS) as Permission[]

const COORDINATES = [
  'public',
  'self',
  'read',
  'edit',
  'note',
  'view',
  'export',
  'plan',
  'analyse',
  'walk',
  'track',
  'report',
  'verify',
  'dispatch',
  'handle',
  'campaign',
  'wall',
] as const satisfies readonly Permission[]

/** Who may do what. A person's area further limits which rows that concerns. */
export const ROLES = {
  administrator: { zh: '管理员', en: 'Administrator', permissions: EVERYTHING },
  supervisor: {
    zh: '网格长',
    en: 'Supervisor',
    permissions: [...COORDINATES, 'operate', 'approve'],
  },
  coordinator: {
    zh: '巡查调度',
    en: 'Coordinator',
    permissions: COORDINATES,
  },
  planner: {
    zh: '规划人员',
    en: 'Planner',
    permissions: [
      'public',
      'self',
      'read',
      'edit',
      'note',
      'view',
      'import',
      'export',
      'analyse',
      'report',
      'campaign',
    ],
  },
  officer: {
    zh: '网格员',
    en: 'Officer',
    permissions: ['public', 'self', 'read', 'note', 'view', 'walk', 'report', 'verify'],
  },
  /** Handles the cases of the department that the person is of, and no others. */
  department: {
    zh: '职能部门',
    en: 'Department',
    permissions: ['public', 'self', 'read', 'note', 'view', 'report', 'handle'],
  },
  viewer: { zh: '查看者', en: 'Viewer', permissions: ['public', 'self', 'read'] },
  kiosk: { zh: '大屏', en: 'Kiosk', permissions: ['public', 'read'] },
} as const satisfies Record<string, { zh: string; en: string; permissions: readonly Permission[] }>

export type Role = keyof typeof ROLES
export const ROLE_NAMES = Object.keys(ROLES) as Role[]

export const mayRole = (role: Role, permission: Permission): boolean =>
  (ROLES[role].permissions as readonly Permission[]).includes(permission)

export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)

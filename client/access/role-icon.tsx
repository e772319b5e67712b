import {
  IconBuildingBank,
  IconClipboardList,
  IconDeviceTv,
  IconEye,
  IconMap2,
  IconShieldCog,
  IconUserStar,
  IconWalk,
} from '@tabler/icons-react'
import type { Role } from '../../geodata/access/roles.ts'

const ICONS = {
  administrator: IconShieldCog,
  supervisor: IconUserStar,
  coordinator: IconClipboardList,
  planner: IconMap2,
  officer: IconWalk,
  department: IconBuildingBank,
  viewer: IconEye,
  kiosk: IconDeviceTv,
} satisfies Record<Role, unknown>

export function RoleIcon({ role, size = 20 }: { role: Role; size?: number }) {
  const Sign = ICONS[role]
  return <Sign size={size} stroke={1.6} aria-hidden="true" />
}

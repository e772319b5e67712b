import {
  IconBuildingCommunity,
  IconCalendar,
  IconDevices,
  IconDeviceTv,
  IconHistory,
  IconHourglass,
  IconKey,
  IconShieldCheck,
  IconSitemap,
  IconUsers,
  IconWorldShare,
} from '@tabler/icons-react'
import { type ComponentProps, lazy } from 'react'
import AdminPage, { type SectionParts } from '../access/admin/admin-page.tsx'

/** What each section of client/ui/sections shows. A feature adds its own here, and its words in client/ui/sections. */
const PARTS: SectionParts = {
  workflow: { icon: IconSitemap, Part: lazy(() => import('../cases/settings/workflow-section.tsx')) },
  limits: { icon: IconHourglass, Part: lazy(() => import('../cases/settings/limits-section.tsx')) },
  calendar: { icon: IconCalendar, Part: lazy(() => import('../cases/settings/calendar-section.tsx')) },
  departments: {
    icon: IconBuildingCommunity,
    Part: lazy(() => import('../dispatch/departments/departments-section.tsx')),
  },
  walls: { icon: IconDeviceTv, Part: lazy(() => import('../wall/admin/walls-section.tsx')) },
  people: { icon: IconUsers, Part: lazy(() => import('../access/admin/people-section.tsx')) },
  roles: { icon: IconShieldCheck, Part: lazy(() => import('../access/admin/roles-section.tsx')) },
  tokens: { icon: IconKey, Part: lazy(() => import('../access/admin/tokens-section.tsx')) },
  sessions: { icon: IconDevices, Part: lazy(() => import('../access/admin/sessions-section.tsx')) },
  published: { icon: IconWorldShare, Part: lazy(() => import('../access/admin/published-section.tsx')) },
  audit: { icon: IconHistory, Part: lazy(() => import('../access/admin/audit-section.tsx')) },
}

/** The sections of the settings, as wide as the window. */
export default function SettingsPages(props: Omit<ComponentProps<typeof AdminPage>, 'parts'>) {
  return <AdminPage parts={PARTS} {...props} />
}

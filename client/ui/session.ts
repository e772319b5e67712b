import { type QueryClient, useQuery } from '@tanstack/react-query'
import type { Area } from '../../geodata/access/area.schema.ts'
import type { Permission } from '../../geodata/access/permissions.ts'
import type { Session } from '../../geodata/access/session.schema.ts'
import { getSession } from '../api/access.ts'
import { askToRenew } from '../api/renewal.ts'
import { useTexts } from './i18n.ts'

const SESSION_KEY = ['session'] as const

/** Asked as the page opens and whenever all is asked anew; a session that has ended meanwhile leaves the page as it is. */
async function ask({ client }: { client: QueryClient }): Promise<Session> {
  const before = client.getQueryData<Session>(SESSION_KEY)
  const now = await getSession()
  if (before?.state !== 'signed-in') return now
  if (now.state !== 'signed-in') {
    askToRenew()
    return before
  }
  // Someone else signed in, in another tab: nothing of the one before stays on the page.
  if (now.person?.id !== before.person?.id) location.reload()
  return now
}

export const SESSION_QUERY = { queryKey: SESSION_KEY, queryFn: ask }

export const useSession = () =>
  useQuery({ ...SESSION_QUERY, staleTime: Infinity, refetchOnWindowFocus: false })

export const keepSession = (queries: QueryClient, session: Session): void =>
  void queries.setQueryData(SESSION_KEY, session)

/** What whoever is signed in may do. What they may not is not offered. */
export function usePermissions(): (permission: Permission) => boolean {
  const granted = useSession().data?.permissions
  return (permission) => granted?.includes(permission) ?? false
}

export const useMay = (permission: Permission): boolean => usePermissions()(permission)

/** What histories and notes call whoever is signed in. */
export const useOwnName = (): string | undefined => useSession().data?.name

type Cells = Exclude<Area, 'everywhere'>

/** The cells that whoever is signed in is limited to; undefined: none. */
export function useOwnArea(): Cells | undefined {
  const area = useSession().data?.area
  return area === undefined || area === 'everywhere' ? undefined : area
}

/** What the whole of what someone can see is called. `named`: of the installation, by whoever set it up. */
export function useAreaName(named: string | null | undefined): string {
  const { t } = useTexts()
  const own = useOwnArea()
  if (own) return own.length === 1 ? own[0]!.name || own[0]!.code : t('top.ownArea')
  return named ?? t('top.area')
}

/** Whether a cell can be opened: it is one of the area's or lies in one. Its code begins with its ancestors’ codes. */
export const isWithin = (area: Cells | undefined, code: string): boolean =>
  area === undefined || area.some((cell) => code.startsWith(cell.code))

/** A file may hold anything, so importing takes an area that is everywhere. */
export function useMayImport(): boolean {
  const may = useMay('import')
  return useOwnArea() === undefined && may
}

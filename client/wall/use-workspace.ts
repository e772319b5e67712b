import { useEffect, useState } from 'react'
import type { Permission } from '../../geodata/access/permissions.ts'
import type { Role } from '../../geodata/access/roles.ts'
import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { getSession } from '../api/access.ts'
import { getWorkspace } from '../api/places.ts'
import { type Basemap, loadBasemap } from '../map/basemap.ts'

export interface WallWorld {
  workspace: Workspace
  basemap: Basemap | null
  permissions: readonly Permission[]
  role: Role | null
}

/** What lies beneath the map, and what may be done here. Asked when the wall is let in, and again while it is not answered. */
export function useWorkspace(isAdmitted: boolean, attempt: number): WallWorld | undefined {
  const [world, setWorld] = useState<WallWorld>()
  const isKnown = world !== undefined
  // Another token may do less.
  useEffect(() => {
    if (!isAdmitted) setWorld(undefined)
  }, [isAdmitted])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks again
  useEffect(() => {
    if (!isAdmitted || isKnown) return
    let isOver = false
    const ask = async () => {
      const [workspace, session] = await Promise.all([getWorkspace(), getSession()])
      const basemap = workspace.basemap ? await loadBasemap(workspace.basemap).catch(() => null) : null
      if (!isOver) setWorld({ workspace, basemap, permissions: session.permissions, role: session.role })
    }
    // The next picture asks again.
    ask().catch(() => {})
    return () => {
      isOver = true
    }
  }, [isAdmitted, isKnown, attempt])
  return world
}

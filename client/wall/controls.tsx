import { useEffect, useState } from 'react'
import type { Role } from '../../geodata/access/roles.ts'
import type { WallLayout } from '../../geodata/walls/layout.schema.ts'
import { listLayouts } from '../api/walls.ts'
import { useTexts } from '../ui/i18n.ts'
import { HANDHELD, useMedia } from './use-media.ts'

const SHOWN_MS = 6000
/** Where walls and their layouts are looked after. */
const MANAGE = '/?work=settings&ask=walls'

interface ControlsProps {
  mayManage: boolean
  /** Of the layout that the link names; undefined: the standard one. */
  layout: string | undefined
  /** Of whoever this wall was opened by. */
  role: Role | null | undefined
}

/** For whoever stands at the wall with a mouse or a keyboard; nobody else ever sees them. */
export function Controls({ mayManage, layout, role }: ControlsProps) {
  const { t } = useTexts()
  const [isCalled, call] = useState(false)
  const isShown = useMedia(HANDHELD) || isCalled
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const appear = () => {
      call(true)
      clearTimeout(timer)
      timer = setTimeout(() => call(false), SHOWN_MS)
    }
    const signs = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const sign of signs) addEventListener(sign, appear)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) removeEventListener(sign, appear)
    }
  }, [])
  const [layouts, setLayouts] = useState<readonly WallLayout[]>([])
  useEffect(() => {
    // Whoever cannot have them goes on without the choice.
    if (isShown) listLayouts().then(setLayouts, () => {})
  }, [isShown])
  if (!isShown) return null
  const canFill = document.fullscreenEnabled && !document.fullscreenElement
  return (
    <div
      className="gw-wall-controls"
      role="toolbar"
      aria-label={t('wall.controls')}
      data-testid="wall-controls"
    >
      <span className="gw-wall-keys">{t('wall.keys')}</span>
      {layouts.length > 0 && (
        <label>
          {t('wall.layout')}{' '}
          <select
            value={layouts.find(({ name }) => isSame(name, layout))?.name ?? ''}
            onChange={(event) => openLayout(event.currentTarget.value)}
            data-testid="wall-layout"
          >
            <option value="">{t('wall.standardLayout')}</option>
            {[...layouts].sort(byRole(role)).map(({ id, name }) => (
              <option key={id}>{name}</option>
            ))}
          </select>
        </label>
      )}
      {canFill && (
        <button type="button" onClick={() => void document.documentElement.requestFullscreen()}>
          {t('wall.fullScreen')}
        </button>
      )}
      {mayManage && <a href={MANAGE}>{t('wall.manage')}</a>}
    </div>
  )
}

const isSame = (name: string, other: string | undefined): boolean =>
  name.toLowerCase() === other?.toLowerCase()

/** Those that are meant for this role, then for anyone, then for others. */
const byRole = (role: Role | null | undefined) => {
  const rank = (layout: WallLayout) => (layout.role === null ? 1 : layout.role === role ? 0 : 2)
  return (a: WallLayout, b: WallLayout) => rank(a) - rank(b) || a.name.localeCompare(b.name)
}

/** As its link would; the wall keeps its name, by which it is sent something. */
function openLayout(name: string): void {
  const link = new URL(location.href)
  if (name) link.searchParams.set('layout', name)
  else link.searchParams.delete('layout')
  link.searchParams.delete('cells')
  location.assign(link)
}

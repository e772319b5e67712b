import type { TFunction } from 'i18next'
import type { WallLayoutInput } from '../../geodata/walls/layout.schema.ts'
import type { Language } from '../ui/i18n.ts'
import { formatAge } from './format.ts'
import type { Type } from './use-looks.ts'
import type { WallKnown } from './wall-store.ts'

/** How long a jump of the clock is told. */
const JUMP_TOLD_MS = 60_000

interface Noticed {
  known: WallKnown
  runningMs: number
  looks: Type
  layout: WallLayoutInput
  isBlocked: boolean
  isNewBuild: boolean
}

/** What people should know although the picture is true. */
export function noticesOf(
  { known, runningMs, looks, layout, isBlocked, isNewBuild }: Noticed,
  { t, lang }: { t: TFunction; lang: Language },
): string[] {
  const { jump } = known
  const notices: string[] = []
  if (jump && runningMs - jump.atMs < JUMP_TOLD_MS)
    notices.push(
      t('wall.jumped', {
        way: jump.byMs > 0 ? t('wall.ways.ahead') : t('wall.ways.back'),
        span: formatAge(Math.round(Math.abs(jump.byMs) / 1000) * 1000, lang),
      }),
    )
  if (isBlocked) notices.push(t('wall.soundBlocked'))
  if (looks.readableMetres !== undefined)
    notices.push(
      t('wall.tooSmall', {
        distance: layout.screen.distanceMetres,
        readable: looks.readableMetres.toFixed(1),
      }),
    )
  if (isNewBuild) notices.push(t('wall.newBuild'))
  return notices
}

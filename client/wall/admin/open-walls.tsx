import { Badge } from '@mantine/core'
import { IconDeviceTv } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { listOpenWalls } from '../../api/walls.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'

/** Walls tell of themselves without an event. */
const AGAIN_MS = 15_000
export const OPEN_WALLS = ['walls', 'open']

/** Which walls are there, what they show, and what is wrong with them. */
export function OpenWalls() {
  const { t } = useTexts()
  const walls = useQuery({ queryKey: OPEN_WALLS, queryFn: listOpenWalls, refetchInterval: AGAIN_MS })
  return (
    <>
      <h2 className="gw-walls-head">{t('walls.screens')}</h2>
      {!walls.data ? (
        <LoadState error={walls.error} onRetry={() => void walls.refetch()} />
      ) : (
        <ul className="gw-rows" data-testid="open-walls">
          {walls.data.map((wall) => (
            <li key={wall.wall} data-off={!wall.isOpen || undefined}>
              <IconDeviceTv size={18} stroke={1.6} aria-hidden="true" />
              <span className="gw-row-text">
                <b>{wall.name}</b>
                <small>
                  {t('walls.screen1', {
                    width: wall.screen.widthPixels,
                    height: wall.screen.heightPixels,
                    who: wall.who,
                    layout: wall.layout ?? t('walls.standard'),
                  })}
                </small>
                <small>
                  {wall.isOpen
                    ? t('walls.openSince', { time: formatTime(wall.openedAt) })
                    : t('walls.seen', { time: formatTime(wall.seenAt) })}
                </small>
                {wall.problem && <small className="gw-wrong">{wall.problem}</small>}
              </span>
              {wall.isCurrentBuild === false && wall.isOpen && (
                <Badge variant="default">{t('walls.oldBuild')}</Badge>
              )}
              <Badge variant="default">{wall.isOpen ? t('walls.isOpen') : t('walls.isGone')}</Badge>
            </li>
          ))}
          {walls.data.length === 0 && <li className="gw-hint">{t('walls.noScreens')}</li>}
        </ul>
      )}
    </>
  )
}

import { Button, Textarea } from '@mantine/core'
import { IconPolygon } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { readArea } from '../../geodata/shared/read-area.ts'
import { useDrawArea } from '../map/use-draw-area.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'
import type { ListsProps } from './props.ts'
import type { FilterPart } from './text-filter.tsx'

interface AreaFilterProps extends FilterPart, Pick<ListsProps, 'map'> {
  scheme: Scheme
}

/** A polygon that what is listed must touch: drawn on the map, or typed as coordinates. */
export function AreaFilter({ filter, put, map, scheme }: AreaFilterProps) {
  const { t } = useTexts()
  const [typing, setTyping] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const { area } = filter
  const latest = useRef({ filter, put })
  latest.current = { filter, put }

  function accept(text: string): boolean {
    const read = readArea(text)
    setWrong(read.ok ? undefined : read.reason)
    if (read.ok) latest.current.put({ ...latest.current.filter, area: read.ring })
    return read.ok
  }
  const { drawing, draw } = useDrawArea(map, scheme, (ring) => {
    accept(ring.map((position) => position.join()).join(';'))
  })
  function begin() {
    setTyping(undefined)
    setWrong(undefined)
    draw()
  }
  return (
    <fieldset className="gw-choice">
      <legend>{t('filters.area')}</legend>
      {drawing ? (
        <>
          <p className="gw-hint" role="status">
            <b data-testid="area-count">{t('filters.drawing', { count: drawing.count })}</b> ·{' '}
            {t('filters.drawHint')}
          </p>
          <div className="gw-list-controls">
            <Button
              size="compact-sm"
              disabled={drawing.count < 3}
              onClick={drawing.finish}
              data-testid="area-finish"
            >
              {t('filters.finish')}
            </Button>
            <Button size="compact-sm" variant="default" disabled={drawing.count === 0} onClick={drawing.undo}>
              {t('filters.undoPoint')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={drawing.cancel}>
              {t('filters.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <div className="gw-list-controls">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPolygon size={14} />}
            onClick={begin}
            data-testid="area-draw"
          >
            {t(area ? 'filters.redraw' : 'filters.draw')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={typing !== undefined}
            onClick={() =>
              setTyping(
                typing === undefined ? (area ?? []).map((position) => position.join()).join('\n') : undefined,
              )
            }
            data-testid="area-type"
          >
            {t('filters.type')}
          </Button>
          {area && (
            <>
              <span className="gw-hint">{t('filters.areaOf', { count: area.length })}</span>
              <button type="button" className="gw-link" onClick={() => put({ ...filter, area: undefined })}>
                {t('filters.remove', { what: t('filters.area') })}
              </button>
            </>
          )}
        </div>
      )}
      {typing !== undefined && (
        <>
          <Textarea
            size="xs"
            autosize
            minRows={4}
            maxRows={10}
            aria-label={t('filters.typeHint')}
            description={t('filters.typeHint')}
            value={typing}
            onChange={(event) => setTyping(event.currentTarget.value)}
            data-testid="area-text"
          />
          <Button
            size="compact-sm"
            onClick={() => {
              if (
                accept(
                  typing
                    .trim()
                    .split(/[\n;]+/)
                    .join(';'),
                )
              )
                setTyping(undefined)
            }}
            data-testid="area-apply"
          >
            {t('filters.apply')}
          </Button>
        </>
      )}
      {wrong && (
        <p className="gw-wrong" role="alert">
          {t('filters.areaWrong', { reason: wrong })}
        </p>
      )}
    </fieldset>
  )
}

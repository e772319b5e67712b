import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowBackUp, IconCopy, IconFocus2, IconTrash } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { CentreCross } from '../map/centre-cross.tsx'
import type { ToolProps } from '../map/tool.ts'
import { copyText } from '../ui/copy-text.ts'
import { useTexts } from '../ui/i18n.ts'
import { TOKENS } from '../ui/tokens.ts'
import { ToolCard } from '../ui/tool-card.tsx'
import { CoordinateEntry } from './coordinate-entry.tsx'
import { formatArea, formatLength } from './format.ts'
import { type Measure, type MeasureState, MOST_POINTS, readMeasure, writeMeasure } from './measure-state.ts'
import { takeMeasure } from './take-measure.ts'
import { useMeasuring } from './use-measuring.ts'

const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7 + 0

/** Distance along a line and area of an outline: by clicks, by Enter at the cross, by typed coordinates. */
export function MeasurePanel({ map, scheme, state: link, setState, close }: ToolProps) {
  const { t, lang } = useTexts()
  const [state, setMeasure] = useState<MeasureState>(() => readMeasure(link))
  const [open, setOpen] = useState(state.points.length === 0)
  const written = writeMeasure(state)
  useEffect(() => setState(written), [written, setState])
  useEffect(() => map.focus(), [map])

  const add = useCallback(
    (point: LngLat) => {
      setMeasure((before) => {
        const next: LngLat = [round(point[0]), round(point[1])]
        // After a finished measurement the next click begins another.
        const points = open ? before.points : []
        const last = points.at(-1)
        if (points.length >= MOST_POINTS || (last && last[0] === next[0] && last[1] === next[1]))
          return before
        return { ...before, points: [...points, next] }
      })
      setOpen(true)
    },
    [open],
  )
  const undo = useCallback(() => {
    setMeasure((before) => ({ ...before, points: before.points.slice(0, -1) }))
    setOpen(true)
  }, [])
  const clear = () => {
    setMeasure((before) => ({ ...before, points: [] }))
    setOpen(true)
    map.focus()
  }
  useMeasuring(map, state, open, TOKENS[scheme], lang, {
    add,
    undo,
    finish: useCallback(() => setOpen(false), []),
    leave: close,
  })

  const { points, measure } = state
  const { sides, totalMetres, area } = takeMeasure(state)
  const figure =
    area === undefined
      ? formatLength(totalMetres, lang)
      : 'crosses' in area
        ? t('measuring.crosses')
        : formatArea(area.squareMetres, lang)
  const outline = t('measuring.perimeter', { length: formatLength(totalMetres, lang) })
  const said = area === undefined ? figure : `${figure} · ${outline}`
  const copied = [
    measure === 'line' ? `${t('measuring.line')}: ${figure}` : `${t('measuring.area')}: ${said}`,
    ...points.map(([lng, lat]) => `${lng}, ${lat}`),
  ].join('\n')
  return (
    <>
      <CentreCross map={map} />
      <ToolCard title={t('tool.measure')} onClose={close} testId="measure">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('measuring.what')}
          value={measure}
          onChange={(next) => setMeasure((before) => ({ ...before, measure: next as Measure }))}
          data={[
            { value: 'line', label: t('measuring.line') },
            { value: 'area', label: t('measuring.area') },
          ]}
        />
        {points.length === 0 && <p className="gw-hint">{t('measuring.hint')}</p>}
        <output className="gw-measure-figure" aria-live="polite" data-testid="measure-figure">
          {points.length > 0 && (
            <>
              <b data-tone={area && 'crosses' in area ? 'critical' : undefined}>{figure}</b>
              {area !== undefined && <span>{outline}</span>}
            </>
          )}
        </output>
        {sides.length > 1 && (
          <ol className="gw-measure-sides">
            {sides.map((metres, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place in the line
              <li key={index}>{formatLength(metres, lang)}</li>
            ))}
          </ol>
        )}
        {points.length >= MOST_POINTS && (
          <p className="gw-hint" role="status">
            {t('measuring.most', { count: MOST_POINTS })}
          </p>
        )}
        <div className="gw-tool-row">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFocus2 size={14} />}
            onClick={() => add(map.visibleCentre())}
            data-testid="measure-add"
          >
            {t('measuring.addCentre')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            disabled={points.length === 0}
            onClick={undo}
          >
            {t('measuring.undo')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={14} />}
            disabled={points.length < 2}
            onClick={() => void copyText(copied)}
          >
            {t('measuring.copy')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconTrash size={14} />}
            disabled={points.length === 0}
            onClick={clear}
          >
            {t('measuring.clear')}
          </Button>
        </div>
        <CoordinateEntry near={map.visibleCentre()} action={t('measuring.addTyped')} onPlace={add} />
      </ToolCard>
    </>
  )
}

import { ActionIcon, Button, Loader, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useFocusTrap } from '@mantine/hooks'
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconMap2,
  IconPrinter,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import type { ToolProps } from '../map/tool.ts'
import { useTexts } from '../ui/i18n.ts'
import { TOKENS } from '../ui/tokens.ts'
import { DragSurface } from './drag-surface.tsx'
import { legendGroups } from './legend-groups.ts'
import { layOutSheet, type Orientation, type Paper } from './paper.ts'
import { moveCentre, SCALES, zoomOfScale } from './scale.ts'
import { Sheet } from './sheet.tsx'
import { sheetOfView } from './sheet-of-view.ts'
import { MOST_TITLE, readSheet, type SheetState, writeSheet } from './sheet-state.ts'
import { usePrintFit } from './use-fit.ts'
import { isFullResolution, useMapImage } from './use-map-image.ts'

/** Part of the frame that one press of an arrow moves by. */
const STEP = 0.15

/** The sheet as it will be printed, and what can be chosen about it. The browser prints it or saves it as PDF. */
export function PrintDialog(props: ToolProps) {
  const { map, workspace, visible, legends, filterWords, selected, state, setState, close } = props
  const texts = useTexts()
  const { t } = texts
  const name = selected ? String(selected.feature.properties.name ?? '') : ''
  const placeTitle = name || workspace.name || t('printing.defaultTitle')
  const [sheet, setSheet] = useState<SheetState>(() => readSheet(state) ?? sheetOfView(map))
  const [attempt, setAttempt] = useState(0)
  const [filters, setFilters] = useState<string[]>([])
  const [printedAt, setPrintedAt] = useState(() => new Date())
  const written = writeSheet(sheet)
  useEffect(() => setState(written), [written, setState])

  const layout = useMemo(
    () => layOutSheet(sheet.paper, sheet.orientation, sheet.legend),
    [sheet.paper, sheet.orientation, sheet.legend],
  )
  const image = useMapImage(map, sheet, layout.mapPixels, attempt)
  const zoom = zoomOfScale(sheet.scale, sheet.centre[1])
  const groups = legendGroups(legends, visible, zoom, TOKENS.light, texts)
  const { view, fit } = usePrintFit(layout.page)
  const trap = useFocusTrap()
  usePageSize(layout.page)
  useEffect(() => {
    let left = false
    void filterWords().then((words) => left || setFilters(words))
    return () => {
      left = true
    }
  }, [filterWords])

  useEffect(() => {
    const onPrint = () => setPrintedAt(new Date())
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      close()
    }
    window.addEventListener('beforeprint', onPrint)
    document.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('beforeprint', onPrint)
      document.removeEventListener('keydown', onKey)
    }
  }, [close])

  const patch = (part: Partial<SheetState>) => setSheet((before) => ({ ...before, ...part }))
  const move = (right: number, down: number) =>
    setSheet((before) => ({
      ...before,
      centre: moveCentre(
        before.centre,
        { zoom: zoomOfScale(before.scale, before.centre[1]), bearing: before.bearing },
        right,
        down,
      ),
    }))
  const { wide, high } = layout.mapPixels
  const arrow = (label: string, icon: ReactNode, right: number, down: number) => (
    <ActionIcon
      variant="default"
      size={32}
      aria-label={label}
      onClick={() => move(right * wide, down * high)}
    >
      {icon}
    </ActionIcon>
  )
  const scales = [...new Set([...SCALES, sheet.scale])].sort((a, b) => a - b)
  return createPortal(
    <div className="gw-print" role="dialog" aria-modal="true" aria-label={t('tool.print')} ref={trap}>
      <form className="gw-print-settings" onSubmit={(event) => event.preventDefault()}>
        <header>
          <h2>{t('tool.print')}</h2>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('printing.close')}
            onClick={close}
          >
            <IconX size={18} />
          </ActionIcon>
        </header>
        <TextInput
          label={t('printing.heading')}
          value={sheet.title ?? placeTitle}
          maxLength={MOST_TITLE}
          onChange={(event) => patch({ title: event.currentTarget.value })}
          data-autofocus
          data-testid="sheet-title"
        />
        <fieldset>
          <legend>{t('printing.paper')}</legend>
          <SegmentedControl
            fullWidth
            aria-label={t('printing.paper')}
            value={sheet.paper}
            onChange={(paper) => patch({ paper: paper as Paper })}
            data={[
              { value: 'a4', label: t('printing.a4') },
              { value: 'a3', label: t('printing.a3') },
            ]}
          />
        </fieldset>
        <fieldset>
          <legend>{t('printing.orientation')}</legend>
          <SegmentedControl
            fullWidth
            aria-label={t('printing.orientation')}
            value={sheet.orientation}
            onChange={(orientation) => patch({ orientation: orientation as Orientation })}
            data={[
              { value: 'landscape', label: t('printing.landscape') },
              { value: 'portrait', label: t('printing.portrait') },
            ]}
          />
        </fieldset>
        <Select
          label={t('printing.scale')}
          value={String(sheet.scale)}
          onChange={(scale) => scale && patch({ scale: Number(scale) })}
          data={scales.map((scale) => ({
            value: String(scale),
            label: `1:${scale.toLocaleString('en-US')}`,
          }))}
          allowDeselect={false}
          comboboxProps={{ zIndex: 60 }}
          data-testid="sheet-scale"
        />
        <fieldset>
          <legend>{t('printing.move')}</legend>
          <div className="gw-print-move">
            {arrow(t('printing.left'), <IconArrowLeft size={16} />, STEP, 0)}
            {arrow(t('printing.right'), <IconArrowRight size={16} />, -STEP, 0)}
            {arrow(t('printing.up'), <IconArrowUp size={16} />, 0, STEP)}
            {arrow(t('printing.down'), <IconArrowDown size={16} />, 0, -STEP)}
            <ActionIcon
              variant="default"
              size={32}
              aria-label={t('printing.fromMap')}
              title={t('printing.fromMap')}
              onClick={() => setSheet((before) => sheetOfView(map, before))}
            >
              <IconMap2 size={16} />
            </ActionIcon>
          </div>
        </fieldset>
        <Switch
          checked={sheet.legend}
          onChange={(event) => patch({ legend: event.currentTarget.checked })}
          label={t('printing.legend')}
        />
        <div className="gw-print-end">
          <div className="gw-print-state" data-state={image.state} role="status" data-testid="sheet-state">
            {image.state === 'drawing' && (
              <>
                <Loader size={14} /> {t('printing.drawing')}
              </>
            )}
            {image.state === 'drawn' &&
              (isFullResolution(image) ? t('printing.drawn') : t('printing.coarse', { dpi: image.dpi }))}
            {image.state === 'failed' && t('printing.failed')}
          </div>
          {image.state === 'failed' && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} />}
              onClick={() => setAttempt(attempt + 1)}
            >
              {t('printing.again')}
            </Button>
          )}
          <Button
            leftSection={<IconPrinter size={16} />}
            disabled={image.state !== 'drawn'}
            onClick={() => window.print()}
            data-testid="sheet-print"
          >
            {t('printing.print')}
          </Button>
          <p className="gw-hint">{t('printing.hint')}</p>
        </div>
      </form>
      <section className="gw-print-view" ref={view} aria-label={t('printing.preview')}>
        <div className="gw-print-page" style={{ '--fit': fit } as React.CSSProperties}>
          <Sheet
            state={sheet}
            layout={layout}
            title={sheet.title ?? placeTitle}
            filters={filters}
            groups={groups}
            workspace={workspace}
            printedAt={printedAt}
            imageUrl={image.url}
          >
            <DragSurface key={image.url} fit={fit} onMove={move} />
          </Sheet>
        </div>
      </section>
    </div>,
    document.body,
  )
}

/** Tells the printer the paper; without it browsers print onto their own default, with margins of their own. */
function usePageSize({ wide, high }: { wide: number; high: number }): void {
  useEffect(() => {
    const rule = document.createElement('style')
    rule.textContent = `@page { size: ${wide}mm ${high}mm; margin: 0 }`
    document.head.append(rule)
    return () => rule.remove()
  }, [wide, high])
}

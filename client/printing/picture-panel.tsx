import { Button, Loader, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ToolProps } from '../map/tool.ts'
import { formatMetres } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { toastDone } from '../ui/toast.tsx'
import { TOKENS } from '../ui/tokens.ts'
import { ToolCard } from '../ui/tool-card.tsx'
import { pictureName } from './file-name.ts'
import { formatStamp } from './format-stamp.ts'
import { legendGroups } from './legend-groups.ts'
import { metresPerPixel, scaleBar } from './scale.ts'
import { MOST_TITLE } from './sheet-state.ts'
import { type PictureWords, takePicture } from './take-picture.ts'

const LONGEST_BAR = 140

/** Saves what is seen between the panels as a PNG, with what has to be known of it drawn in. */
export function PicturePanel(props: ToolProps) {
  const { map, workspace, scheme, visible, legends, filterWords, selected, close } = props
  const texts = useTexts()
  const { t, lang } = texts
  const name = selected ? String(selected.feature.properties.name ?? '') : ''
  const [title, setTitle] = useState<string>()
  const [ratio, setRatio] = useState<1 | 2>(2)
  const [withLegend, setWithLegend] = useState(true)
  const [decorated, setDecorated] = useState(true)
  const [failure, setFailure] = useState<string>()
  const [drawing, setDrawing] = useState<AbortController>()
  const current = useRef(drawing)
  current.current = drawing
  useEffect(() => () => current.current?.abort(), [])
  const heading = title ?? (name || workspace.name || t('printing.defaultTitle'))

  const words = (filters: string[]): PictureWords => {
    const { lat } = map.map.getCenter()
    const zoom = map.map.getZoom()
    const bar = scaleBar(metresPerPixel(lat, zoom), LONGEST_BAR)
    const tilted = map.map.getPitch() > 0.5
    const sources = [...new Set(workspace.attributions.map((source) => source.attribution))]
    return {
      review: workspace.reviewNumber ? `${t('map.review')} ${workspace.reviewNumber}` : t('map.noReview'),
      notes: [
        ...(workspace.demo ? [t('printing.demo')] : []),
        `${t('printing.sources')} ${sources.length > 0 ? sources.join(' · ') : t('printing.noData')}`,
        `${t('printing.dataTime')} ${
          workspace.dataTime ? formatStamp(new Date(workspace.dataTime)) : t('printing.noData')
        }`,
        ...filters,
        ...(decorated && tilted ? [t('picture.tilted')] : []),
      ],
      legend: withLegend
        ? {
            title: t('printing.legend'),
            groups: legendGroups(legends, visible, zoom, TOKENS[scheme], texts),
          }
        : undefined,
      decorations: decorated
        ? {
            title: heading,
            north: t('printing.north'),
            bearing: map.map.getBearing(),
            bar: tilted ? undefined : { ...bar, label: formatMetres(bar.metres, lang) },
          }
        : undefined,
    }
  }
  const save = async () => {
    const stop = new AbortController()
    setDrawing(stop)
    setFailure(undefined)
    try {
      const blob = await takePicture({ map, scheme }, ratio, words(await filterWords()), stop.signal)
      const file = pictureName(heading, new Date(), ratio)
      download(blob, file)
      toastDone(t('picture.saved', { name: file }))
    } catch (error) {
      if (!stop.signal.aborted) setFailure(error instanceof Error ? error.message : String(error))
    }
    setDrawing(undefined)
  }
  const { width, height } = map.visibleFrame()
  return (
    <ToolCard title={t('tool.picture')} onClose={close} testId="picture">
      <TextInput
        size="xs"
        label={t('printing.heading')}
        value={heading}
        maxLength={MOST_TITLE}
        disabled={!decorated}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('picture.size')}
          value={String(ratio)}
          onChange={(next) => setRatio(next === '2' ? 2 : 1)}
          data={[
            { value: '1', label: t('picture.one') },
            { value: '2', label: t('picture.two') },
          ]}
        />
        <p className="gw-hint">
          {t('picture.mapPixels', { wide: Math.round(width * ratio), high: Math.round(height * ratio) })}
        </p>
      </div>
      <Switch
        size="sm"
        checked={decorated}
        onChange={(event) => setDecorated(event.currentTarget.checked)}
        label={t('picture.decorations')}
      />
      <Switch
        size="sm"
        checked={withLegend}
        onChange={(event) => setWithLegend(event.currentTarget.checked)}
        label={t('printing.legend')}
        data-testid="picture-legend"
      />
      <p className="gw-hint">{t('picture.always')}</p>
      {failure && (
        <p className="gw-tool-error" role="alert">
          {t('picture.failed', { reason: failure })}
        </p>
      )}
      {drawing ? (
        <div className="gw-tool-row" role="status">
          <Loader size={14} /> {t('picture.saving')}
          <Button size="compact-sm" variant="default" onClick={() => drawing.abort()}>
            {t('picture.cancel')}
          </Button>
        </div>
      ) : (
        <Button
          size="sm"
          leftSection={<IconDownload size={16} />}
          onClick={() => void save()}
          data-testid="picture-save"
        >
          {t('picture.save')}
        </Button>
      )}
    </ToolCard>
  )
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has to have read it first.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

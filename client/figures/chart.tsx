import { Button } from '@mantine/core'
import { IconPhotoDown } from '@tabler/icons-react'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent } from 'echarts/components'
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../ui/i18n.ts'
import { type Scheme, TOKENS, type Tokens } from '../ui/tokens.ts'
import { useRootZoom } from './use-root-zoom.ts'

use([BarChart, LineChart, GridComponent, MarkLineComponent, CanvasRenderer])

export interface ChartProps {
  /** What it shows, in words: its text for who does not see it, and the title of the picture. */
  label: string
  height: number
  scheme: Scheme
  option(tokens: Tokens, font: string): EChartsCoreOption
  fileName: string
  /** Further downloads, beside that of the picture. */
  children?: ReactNode
}

const PICTURE_RATIO = 2

/** A chart that is drawn once it is there, in the colours of the theme, and can be had as a picture. */
export default function Chart({ label, height, scheme, option, fileName, children }: ChartProps) {
  const { t } = useTexts()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const zoom = useRootZoom()
  useEffect(() => {
    const made = init(box.current!, undefined, { devicePixelRatio: devicePixelRatio * zoom })
    chart.current = made
    const sizes = new ResizeObserver(() => made.resize())
    sizes.observe(box.current!)
    return () => {
      sizes.disconnect()
      made.dispose()
      chart.current = undefined
    }
  }, [zoom])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart made anew is empty
  useEffect(() => {
    const font = getComputedStyle(document.body).fontFamily
    chart.current?.setOption(
      { animation: false, textStyle: { fontFamily: font }, ...option(TOKENS[scheme], font) },
      { notMerge: true },
    )
  }, [option, scheme, zoom])
  function download() {
    const url = chart.current?.getDataURL({
      type: 'png',
      pixelRatio: PICTURE_RATIO,
      backgroundColor: TOKENS[scheme].panel,
    })
    if (!url) return
    const link = document.createElement('a')
    link.href = url
    link.download = `${fileName}.png`
    link.click()
  }
  return (
    <figure className="gw-chart">
      <figcaption>{label}</figcaption>
      <div ref={box} style={{ height, zoom }} role="img" aria-label={label} data-testid="figures-chart" />
      <div className="gw-figures-actions">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPhotoDown size={14} />}
          onClick={download}
          data-testid="figures-png"
        >
          {t('figures.chartPng')}
        </Button>
        {children}
      </div>
    </figure>
  )
}

import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconX } from '@tabler/icons-react'
import { Suspense } from 'react'
import type { ListsProps } from '../lists/props.ts'
import { useTexts } from '../ui/i18n.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import { LayerPanel, type LayerPanelProps } from './layer-panel.tsx'
import { LEFT_PARTS_SHOWN, ViewsMenu } from './left-parts.ts'
import { SheetSize } from './sheet-size.tsx'
import { LEFT_PARTS, PART_OF_WORK } from './view-state.ts'

interface LeftPanelProps extends LayerPanelProps {
  lists: ListsProps
  narrow: boolean
  onFold(): void
}

/** The left-hand panel: layers, filters or the list of one layer. */
export default function LeftPanel({ lists, narrow, onFold, ...layers }: LeftPanelProps) {
  const { t } = useTexts()
  const { view } = layers
  const parts = LEFT_PARTS.filter((part) => (PART_OF_WORK[part] ?? view.work) === view.work)
  const part = parts.find((known) => known === view.search.left)
  const Part = part && LEFT_PARTS_SHOWN[part]
  return (
    <section className="gw-panel gw-panel-left" aria-label={t('panel.left')}>
      <header className="gw-panel-head">
        <h2 className="gw-unseen">{t(`panel.${part ?? 'layers'}`)}</h2>
        <SegmentedControl
          className="gw-parts"
          size="xs"
          aria-label={t('panel.left')}
          value={part ?? 'layers'}
          onChange={(left) => view.change({ left: parts.find((known) => known === left) }, 'replace')}
          data={(['layers', ...parts] as const).map((value) => ({ value, label: t(`panel.${value}`) }))}
        />
        <Suspense>
          <ViewsMenu {...lists} />
        </Suspense>
        {narrow && <SheetSize />}
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('panel.fold')} onClick={onFold}>
          {narrow ? <IconX size={18} /> : <IconChevronLeft size={18} />}
        </ActionIcon>
      </header>
      {Part ? (
        <Suspense fallback={<PanelSkeleton />}>
          <Part {...lists} />
        </Suspense>
      ) : (
        <LayerPanel {...layers} />
      )}
    </section>
  )
}

import { ActionIcon, Button } from '@mantine/core'
import { IconDownload, IconPencil, IconX, IconZoomScan } from '@tabler/icons-react'
import { useState } from 'react'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { clearMultiSelection, MULTI_MAX, useMultiSelection } from '../ui/multi-selection.ts'
import { useMay } from '../ui/session.ts'
import { toastFailed } from '../ui/toast.tsx'
import { boxOfFeatures, downloadFeatures } from './chosen-features.ts'
import type { ListsProps } from './props.ts'

interface SelectionBarProps extends Pick<ListsProps, 'map' | 'onEdit'> {
  layer: LayerId
}

/** What can be done with the features chosen together. */
export function SelectionBar({ layer, map, onEdit }: SelectionBarProps) {
  const { t } = useTexts()
  const mayExport = useMay('export')
  const multi = useMultiSelection()
  const [busy, setBusy] = useState<'zoom' | 'export'>()
  const ids = multi.layer === layer ? [...multi.ids] : []
  const count = ids.length

  async function run(what: 'zoom' | 'export', work: () => Promise<void>) {
    setBusy(what)
    await work().catch(toastFailed)
    setBusy(undefined)
  }
  const zoom = () =>
    run('zoom', async () => {
      const box = await boxOfFeatures(layer, ids)
      if (box) map?.fit(box)
    })

  return (
    <div className="gw-list-bar" hidden={count === 0}>
      <output aria-live="polite" data-testid="list-chosen">
        {count > 0 ? t('lists.chosen', { count, shown: formatCount(count) }) : t('lists.chosenNone')}
      </output>
      {count === MULTI_MAX && (
        <span className="gw-hint">{t('lists.capped', { most: formatCount(MULTI_MAX) })}</span>
      )}
      <span className="gw-list-acts">
        {onEdit && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPencil size={14} />}
            onClick={onEdit}
            data-testid="list-edit"
          >
            {t('lists.edit', { count })}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          loading={busy === 'zoom'}
          aria-label={t('lists.zoomTo')}
          title={t('lists.zoomTo')}
          onClick={zoom}
        >
          <IconZoomScan size={16} />
        </ActionIcon>
        {mayExport && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            loading={busy === 'export'}
            aria-label={t('lists.exportChosen')}
            title={t('lists.exportChosen')}
            onClick={() => run('export', () => downloadFeatures(layer, ids))}
            data-testid="list-export"
          >
            <IconDownload size={16} />
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('lists.clear')}
          title={t('lists.clear')}
          onClick={clearMultiSelection}
        >
          <IconX size={16} />
        </ActionIcon>
      </span>
    </div>
  )
}

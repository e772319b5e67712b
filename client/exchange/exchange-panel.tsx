import '../ui/panels.css'
import { Button, Select } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { formatCount } from '../ui/format.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { useMay, useMayImport } from '../ui/session.ts'
import { ImportBatches } from './import-batches.tsx'
import { ImportForm } from './import-form.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** The exchange workspace: data in, data out, and what came in when. */
export default function ExchangePanel(props: WorkPanelProps) {
  const { t } = useTexts()
  const mayImport = useMayImport()
  const mayExport = useMay('export')
  return (
    <>
      {mayImport && (
        <>
          <h3>{t('exchange.importTitle')}</h3>
          <ImportForm file={undefined} onImported={props.onImported} />
        </>
      )}
      {mayExport && <Export {...props} />}
      {mayImport && (
        <>
          <h3>{t('batches.title')}</h3>
          <ImportBatches />
        </>
      )}
    </>
  )
}

/** One layer as a file: what its filter leaves now. */
function Export({ workspace, ask, setAsk, exportUrl, filtered }: WorkPanelProps) {
  const { t, lang } = useTexts()
  const layer: LayerId = LAYER_IDS.find((known) => known === ask) ?? 'communities'
  return (
    <>
      <h3>{t('batches.exportTitle')}</h3>
      <div className="gw-export">
        <Select
          aria-label={t('batches.layer')}
          allowDeselect={false}
          value={layer}
          onChange={(next) => setAsk(next ?? undefined)}
          data={LAYER_IDS.map((value) => ({
            value,
            label: `${LAYERS[value].title[lang]} · ${formatCount(workspace.counts[value] ?? 0)}`,
          }))}
          data-testid="export-layer"
        />
        <Button
          component="a"
          href={exportUrl(layer)}
          download
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          data-testid="export-go"
        >
          {t('batches.download')}
        </Button>
      </div>
      <p className="gw-hint">{filtered(layer) ? t('batches.filtered') : t('batches.whole')}</p>
    </>
  )
}

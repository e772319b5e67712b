import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type OverlayParams, overlayParamsSchema } from '../../../geodata/duties/overlay.schema.ts'
import { listZoneLayers } from '../../api/zone-layers.ts'
import { CellLevel } from '../../ui/cell-level.tsx'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisFormProps } from '../analysis-view.ts'
import { WholeField } from '../whole-field.tsx'

/** Which division is laid over which cells, and how much is too much. */
export default function OverlayForm({ params: given, setParams }: AnalysisFormProps) {
  const { t, lang } = useTexts()
  const read = overlayParamsSchema.safeParse(given)
  const params = read.success ? read.data : overlayParamsSchema.parse({ zoneLayer: 'police' })
  const put = (next: Partial<OverlayParams>) => setParams({ ...params, ...next })
  const layers = useQuery({ queryKey: ['zone-layers'], queryFn: listZoneLayers, staleTime: 60_000 })
  return (
    <div className="gw-form" data-testid="overlay-form">
      <Select
        size="xs"
        label={t('overlayView.zoneLayer')}
        allowDeselect={false}
        value={params.zoneLayer}
        onChange={(next) => next && put({ zoneLayer: next })}
        data={(layers.data ?? []).map((layer) => ({ value: layer.code, label: layer[lang] }))}
        data-testid="overlay-zones"
      />
      <CellLevel value={params.level} onChange={(level) => put({ level })} />
      <div className="gw-pair">
        <WholeField
          label={t('overlayView.leastShare')}
          value={Math.round(params.leastShare * 100)}
          least={0}
          most={50}
          onChange={(next) => next !== null && put({ leastShare: next / 100 })}
          testId="overlay-share"
        />
        <WholeField
          label={t('overlayView.sliver')}
          value={params.sliverSquareMetres}
          least={0}
          most={100_000}
          onChange={(next) => next !== null && put({ sliverSquareMetres: next })}
        />
      </div>
    </div>
  )
}

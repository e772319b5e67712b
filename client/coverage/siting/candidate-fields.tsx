import { Checkbox, MultiSelect, NumberInput } from '@mantine/core'
import { FACILITY_KINDS, type FacilityKind } from '../../../geodata/facilities/facility.schema.ts'
import type { SitingParams } from '../../../geodata/siting/siting.schema.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { Scheme } from '../../ui/tokens.ts'
import { DrawnSites } from './drawn-sites.tsx'

interface CandidateFieldsProps {
  params: SitingParams
  put(more: Partial<SitingParams>): void
  map: MapHandle | null
  scheme: Scheme
}

const USUAL_STREET_METRES = 100
const SOURCES = ['crossings', 'grounds', 'checkpoints'] as const

/** Where a site may stand: drawn, or found where there is room. */
export function CandidateFields({ params, put, map, scheme }: CandidateFieldsProps) {
  const { t, lang } = useTexts()
  const { candidates } = params
  const change = (more: Partial<SitingParams['candidates']>) =>
    put({ candidates: { ...candidates, ...more } })
  const metres = (key: 'streetMetres' | 'spacingMetres', least: number) => ({
    suffix: t('siting.metresUnit'),
    min: least,
    max: 1000,
    step: 10,
    allowDecimal: false,
    onChange: (next: string | number) =>
      typeof next === 'number' && next >= least && next <= 1000 && change({ [key]: next }),
  })
  return (
    <fieldset className="gw-siting-candidates">
      <legend>{t('siting.candidates')}</legend>
      <p className="gw-hint">{t('siting.candidatesHint')}</p>
      <div className="gw-siting-sources">
        {SOURCES.map((source) => (
          <Checkbox
            key={source}
            label={t(`siting.${source}`)}
            checked={candidates[source]}
            onChange={(event) => change({ [source]: event.currentTarget.checked })}
            data-testid={`siting-${source}`}
          />
        ))}
        <div className="gw-field">
          <Checkbox
            label={t('siting.streets')}
            checked={candidates.streetMetres !== null}
            onChange={(event) =>
              change({ streetMetres: event.currentTarget.checked ? USUAL_STREET_METRES : null })
            }
            data-testid="siting-streets"
          />
          <NumberInput
            size="xs"
            w={104}
            aria-label={t('siting.streets')}
            disabled={candidates.streetMetres === null}
            value={candidates.streetMetres ?? USUAL_STREET_METRES}
            {...metres('streetMetres', 20)}
            data-testid="siting-street-metres"
          />
        </div>
        <div className="gw-field">
          <label htmlFor="siting-spacing">{t('siting.spacing')}</label>
          <NumberInput
            id="siting-spacing"
            size="xs"
            w={104}
            value={candidates.spacingMetres}
            {...metres('spacingMetres', 0)}
          />
        </div>
      </div>
      <MultiSelect
        label={t('siting.otherKinds')}
        placeholder={candidates.facilityKinds.length === 0 ? t('siting.otherKindsHint') : undefined}
        searchable
        clearable
        value={candidates.facilityKinds}
        onChange={(next) => change({ facilityKinds: next as FacilityKind[] })}
        data={Object.entries(FACILITY_KINDS)
          .filter(([value]) => !params.kinds.some((kind) => kind === value))
          .map(([value, names]) => ({ value, label: names[lang] }))}
        data-testid="siting-other-kinds"
      />
      <DrawnSites
        drawn={candidates.drawn}
        onChange={(drawn) => change({ drawn })}
        isPriced={params.budget !== null}
        map={map}
        scheme={scheme}
      />
    </fieldset>
  )
}

import './redraw.css'
import { NumberInput, SegmentedControl, Select } from '@mantine/core'
import {
  DEFAULT_BAND,
  MAX_CELLS,
  REDRAW_PRIORITIES,
  REDRAW_WEIGHTS,
} from '../../../geodata/partition/redraw.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisFormProps } from '../analysis-view.ts'
import { WholeField } from '../whole-field.tsx'
import { readParams, SPLITS, splitOf } from './read-params.ts'

const USUAL_COUNT = 3
const MOST = 100_000_000

/** By what, how large or how many, and what is to stay. */
export default function RedrawForm({ params: given, setParams }: AnalysisFormProps) {
  const { t } = useTexts()
  const params = readParams(given)
  const put = (more: Partial<typeof params>) => setParams({ ...params, ...more })
  const split = splitOf(params)
  const band = params.band ?? DEFAULT_BAND[params.weight]
  return (
    <div className="gw-form" data-testid="redraw-form">
      <p className="gw-hint">{t('redraw.targetHint')}</p>
      <Select
        size="xs"
        label={t('redraw.weight')}
        allowDeselect={false}
        value={params.weight}
        onChange={(next) =>
          put({ weight: REDRAW_WEIGHTS.find((known) => known === next) ?? 'households', band: null })
        }
        data={REDRAW_WEIGHTS.map((value) => ({ value, label: t(`redraw.weightOf.${value}`) }))}
        data-testid="redraw-weight"
      />
      <div className="gw-redraw-group">
        <span id="redraw-split" className="gw-redraw-label">
          {t('redraw.split')}
        </span>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby="redraw-split"
          value={split}
          onChange={(next) => put(next === 'count' ? { count: USUAL_COUNT, band: null } : { count: null })}
          data={SPLITS.map((value) => ({ value, label: t(`redraw.splits.${value}`) }))}
          data-testid="redraw-split"
        />
      </div>
      {split === 'count' ? (
        <>
          <WholeField
            label={t('redraw.count')}
            value={params.count}
            least={1}
            most={MAX_CELLS}
            onChange={(next) => next !== null && put({ count: next })}
            testId="redraw-count"
          />
          <p className="gw-hint">{t('redraw.countHint')}</p>
        </>
      ) : (
        <>
          <div className="gw-pair">
            {(['min', 'max'] as const).map((end) => (
              <NumberInput
                key={end}
                size="xs"
                label={t(`redraw.${end}`)}
                min={end === 'min' ? 0 : 1}
                max={MOST}
                allowDecimal={false}
                clampBehavior="blur"
                thousandSeparator=","
                value={band[end]}
                error={end === 'max' && band.min > band.max ? t('redraw.bandTurned') : undefined}
                onChange={(next) =>
                  typeof next === 'number' &&
                  next >= (end === 'min' ? 0 : 1) &&
                  next <= MOST &&
                  put({ band: { ...band, [end]: next } })
                }
                data-testid={`redraw-${end}`}
              />
            ))}
          </div>
          <p className="gw-hint">{t('redraw.bandHint')}</p>
        </>
      )}
      <div className="gw-redraw-group">
        <span id="redraw-mode" className="gw-redraw-label">
          {t('redraw.mode')}
        </span>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby="redraw-mode"
          value={params.mode}
          onChange={(next) => put({ mode: next === 'minimal' ? 'minimal' : 'fresh' })}
          data={(['fresh', 'minimal'] as const).map((value) => ({
            value,
            label: t(`redraw.modes.${value}`),
          }))}
          data-testid="redraw-mode"
        />
      </div>
      <WholeField
        label={t('redraw.alternatives')}
        value={params.alternatives}
        least={1}
        most={REDRAW_PRIORITIES.length}
        onChange={(next) => next !== null && put({ alternatives: next })}
        testId="redraw-alternatives"
      />
    </div>
  )
}

import { NumberInput, SegmentedControl, Select } from '@mantine/core'
import type { SitingParams } from '../../../geodata/siting/siting.schema.ts'
import { MOST_NEW_SITES } from '../../../geodata/siting/siting-choices.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LIMITS, limitBy, limitOf } from './read-params.ts'

interface LimitFieldsProps {
  params: SitingParams
  setParams(next: SitingParams): void
}

const EXISTING = ['keep', 'move', 'ignore'] as const

/** How many, or for how much; and what becomes of what stands. */
export function LimitFields({ params, setParams }: LimitFieldsProps) {
  const { t } = useTexts()
  const limit = limitOf(params)
  const names = { number: t('siting.byNumber'), budget: t('siting.byBudget'), need: t('siting.byNeed') }
  return (
    <>
      <div className="gw-siting-limit">
        <span id="siting-limit" className="gw-siting-label">
          {t('siting.limitBy')}
        </span>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby="siting-limit"
          value={limit}
          onChange={(next) => setParams(limitBy(params, LIMITS.find((known) => known === next) ?? 'number'))}
          data={LIMITS.filter((one) => one !== 'need' || params.aim === 'cover-all').map((value) => ({
            value,
            label: names[value],
          }))}
          data-testid="siting-limit"
        />
      </div>
      {limit === 'number' && (
        <NumberInput
          label={t('siting.number')}
          min={0}
          max={MOST_NEW_SITES}
          allowDecimal={false}
          value={params.sites ?? 0}
          onChange={(next) =>
            typeof next === 'number' &&
            next >= 0 &&
            next <= MOST_NEW_SITES &&
            setParams({ ...params, sites: next })
          }
          data-testid="siting-number"
        />
      )}
      {limit === 'budget' && (
        <div className="gw-pair">
          <NumberInput
            label={t('siting.budget')}
            min={0}
            max={1_000_000_000}
            thousandSeparator=","
            value={params.budget ?? 0}
            onChange={(next) =>
              typeof next === 'number' && next >= 0 && setParams({ ...params, budget: next })
            }
            data-testid="siting-budget"
          />
          <NumberInput
            label={t('siting.price')}
            min={0.01}
            max={1_000_000_000}
            thousandSeparator=","
            value={params.price}
            onChange={(next) =>
              typeof next === 'number' && next >= 0.01 && setParams({ ...params, price: next })
            }
            data-testid="siting-price"
          />
        </div>
      )}
      {limit === 'budget' && <p className="gw-hint">{t('siting.priceHint')}</p>}
      <Select
        label={t('siting.existing')}
        description={t(`siting.existingHint.${params.existing}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        value={params.existing}
        onChange={(next) =>
          setParams({ ...params, existing: EXISTING.find((known) => known === next) ?? 'keep' })
        }
        data={EXISTING.filter((one) => one !== 'move' || limit === 'number').map((value) => ({
          value,
          label: t(`siting.existings.${value}`),
        }))}
        data-testid="siting-existing"
      />
    </>
  )
}

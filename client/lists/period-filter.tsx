import { Button, TextInput } from '@mantine/core'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { isMoment } from '../app/filters.ts'
import { useTexts } from '../ui/i18n.ts'
import { dayOf, daysBefore } from './days.ts'
import type { FilterPart } from './text-filter.tsx'

const PRESETS = [1, 7, 30] as const

/** A period of days over the layer's own time: when a hazard was reported, when anything else was last changed. */
export function PeriodFilter({ layer, filter, put }: FilterPart & { layer: LayerId }) {
  const { t } = useTexts()
  const { from, to } = filter
  const today = dayOf(new Date())
  const property = LAYERS[layer].timeProperty === 'reportedAt' ? 'reportedAt' : 'updatedAt'
  const field = (name: 'from' | 'to') => (
    <TextInput
      key={`${name} ${filter[name] ?? ''}`}
      size="xs"
      type="date"
      label={t(name === 'from' ? 'filters.from' : 'filters.to')}
      defaultValue={filter[name]?.slice(0, 10) ?? ''}
      onBlur={(event) => set(name, event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') set(name, event.currentTarget.value)
      }}
      data-testid={`filter-${name}`}
    />
  )
  function set(name: 'from' | 'to', text: string): void {
    const day = text && isMoment(text) ? text : undefined
    if (day === filter[name]?.slice(0, 10)) return
    const next = { ...filter, [name]: day }
    // A period that ends before it begins is turned round rather than refused.
    if (next.from && next.to && next.from.slice(0, 10) > next.to.slice(0, 10))
      [next.from, next.to] = [next.to, next.from]
    put(next)
  }
  return (
    <fieldset className="gw-choice">
      <legend>
        {t('filters.period')} · {t(`filters.periodOf.${property}`)}
      </legend>
      <div className="gw-list-controls">
        {PRESETS.map((days) => {
          const start = daysBefore(today, days - 1)
          const on = from === start && to === undefined
          return (
            <Button
              key={days}
              size="compact-xs"
              variant={on ? 'filled' : 'default'}
              aria-pressed={on}
              onClick={() => put({ ...filter, from: on ? undefined : start, to: undefined })}
              data-testid={`period-${days}`}
            >
              {days === 1 ? t('filters.today') : t('filters.days', { count: days })}
            </Button>
          )
        })}
      </div>
      <div className="gw-list-controls">
        {field('from')}
        {field('to')}
      </div>
    </fieldset>
  )
}

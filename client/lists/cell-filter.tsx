import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { fitsParent } from '../app/filters.ts'
import { useTexts } from '../ui/i18n.ts'
import type { ListsProps } from './props.ts'
import type { FilterPart } from './text-filter.tsx'

interface CellFilterProps extends FilterPart, Pick<ListsProps, 'within'> {
  layer: LayerId
}

/** Limits the layer to one cell: the one that is selected, or one given by its code. */
export function CellFilter({ layer, filter, put, within }: CellFilterProps) {
  const { t } = useTexts()
  const [code, setCode] = useState(filter.parent ?? '')
  const [wrong, setWrong] = useState(false)
  const usable =
    within && fitsParent(layer, within.code) && within.code !== filter.parent ? within : undefined
  function apply() {
    const wanted = code.trim()
    const good = wanted === '' || fitsParent(layer, wanted)
    setWrong(!good)
    if (good && wanted !== (filter.parent ?? '')) put({ ...filter, parent: wanted || undefined })
  }
  return (
    <fieldset className="gw-choice">
      <legend>{t('filters.cell')}</legend>
      {usable ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setCode(usable.code)
            put({ ...filter, parent: usable.code })
          }}
          data-testid="filter-use-cell"
        >
          {t('filters.useCell', { name: usable.name })}
        </Button>
      ) : (
        !filter.parent && <p className="gw-hint">{t('filters.cellNone')}</p>
      )}
      <div className="gw-list-controls gw-cell-code">
        <TextInput
          size="xs"
          aria-label={t('filters.cellCode')}
          placeholder={t('filters.cellHint')}
          inputMode="numeric"
          value={code}
          error={wrong && t('filters.cellWrong')}
          onChange={(event) => setCode(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') apply()
          }}
        />
        <Button size="xs" variant="default" onClick={apply}>
          {t('filters.apply')}
        </Button>
      </div>
    </fieldset>
  )
}

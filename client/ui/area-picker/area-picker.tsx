import './area-picker.css'
import { Button, Checkbox, Loader, Pill, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight, IconMapPin, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { type CellLayer, isCellLayer } from '../../../geodata/shared/codes.ts'
import { listFeatures, search } from '../../api/places.ts'
import { addTexts, useTexts } from '../i18n.ts'
import { texts } from './texts.ts'

addTexts(texts)

export type PickedCell = Pick<AreaCell, 'layer' | 'code' | 'name'>

export interface PickedArea {
  everywhere: boolean
  cells: readonly PickedCell[]
}

interface AreaPickerProps {
  /** What the area is, such as “区域”. */
  label: string
  value: PickedArea
  onChange(value: PickedArea): void
  /** The cell that was last selected on the map. */
  selected: AreaCell | undefined
  /** What “everywhere” is called here: of a token, as far as its owner's area goes. */
  everywhereLabel: string
  /** What it means that no cell is chosen. */
  noneLabel?: string
}

const MOST_CHILDREN = 200
const BELOW: Partial<Record<CellLayer, CellLayer>> = { communities: 'grids', grids: 'micro-grids' }

/** An area as cells: found by name, taken from the tree, or the one selected on the map. */
export function AreaPicker({
  label,
  value,
  onChange,
  selected,
  everywhereLabel,
  noneLabel,
}: AreaPickerProps) {
  const { t, lang } = useTexts()
  const [query, setQuery] = useState('')
  const [wanted] = useDebouncedValue(query.trim(), 150)
  const found = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => search(wanted, signal),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  })
  const { everywhere, cells } = value
  const has = (code: string) => cells.some((cell) => cell.code === code)
  const toggle = (cell: PickedCell) =>
    onChange({
      everywhere: false,
      cells: has(cell.code)
        ? cells.filter(({ code }) => code !== cell.code)
        : [...cells, { layer: cell.layer, code: cell.code, name: cell.name }],
    })
  const results = (found.data ?? []).flatMap(({ layer, code, name }) => {
    return isCellLayer(layer) && code ? [{ layer, code, name: name ?? code }] : []
  })
  return (
    <fieldset className="gw-area-picker" data-testid="area-picker">
      <legend>{label}</legend>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={everywhere ? 'everywhere' : 'cells'}
        onChange={(next) => onChange({ everywhere: next === 'everywhere', cells })}
        data={[
          { value: 'cells', label: t('areaPicker.chosenCells') },
          { value: 'everywhere', label: everywhereLabel },
        ]}
      />
      {!everywhere && (
        <>
          <div className="gw-area-chosen" aria-live="polite">
            {cells.length === 0 && <p className="gw-hint">{noneLabel ?? t('areaPicker.noCells')}</p>}
            {cells.map((cell) => (
              <Pill
                key={cell.code}
                size="md"
                withRemoveButton
                removeButtonProps={{
                  'aria-label': t('areaPicker.removeCell', { cell: cell.name || cell.code }),
                  tabIndex: 0,
                  'aria-hidden': false,
                }}
                onRemove={() => toggle(cell)}
              >
                {cell.name || cell.code}
              </Pill>
            ))}
          </div>
          {selected && !has(selected.code) && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconMapPin size={14} aria-hidden="true" />}
              onClick={() => toggle(selected)}
              data-testid="use-selected-cell"
            >
              {t('areaPicker.useSelected', { cell: selected.name || selected.code })}
            </Button>
          )}
          <TextInput
            size="sm"
            aria-label={t('areaPicker.searchCells')}
            placeholder={t('areaPicker.searchCells')}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            data-testid="area-search"
          />
          <div className="gw-area-tree">
            {wanted ? (
              <ul>
                {results.map((cell) => (
                  <li key={cell.code}>
                    <Checkbox
                      size="xs"
                      checked={has(cell.code)}
                      onChange={() => toggle(cell)}
                      label={`${cell.name || cell.code} · ${LAYERS[cell.layer].noun[lang]}`}
                    />
                  </li>
                ))}
                {found.isSuccess && results.length === 0 && (
                  <li className="gw-hint">{t('areaPicker.noneFound')}</li>
                )}
              </ul>
            ) : (
              <Branch layer="communities" parent={undefined} has={has} onToggle={toggle} />
            )}
          </div>
        </>
      )}
    </fieldset>
  )
}

interface BranchProps {
  layer: CellLayer
  parent: string | undefined
  has(code: string): boolean
  onToggle(cell: PickedCell): void
}

function Branch({ layer, parent, has, onToggle }: BranchProps) {
  const { t } = useTexts()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const cells = useQuery({
    queryKey: ['children', layer, parent, 'pick'],
    queryFn: () => listFeatures(layer, { parent, limit: MOST_CHILDREN, geometry: false }),
  })
  if (!cells.data) return <Loader size={14} role="img" aria-label={t('place.loading')} />
  const below = BELOW[layer]
  return (
    <ul>
      {cells.data.features.map(({ id, properties }) => {
        const code = String(properties.code)
        const name = String(properties.name || code)
        const shown = open.has(code)
        return (
          <li key={id}>
            <div className="gw-area-row">
              {below ? (
                <button
                  type="button"
                  className="gw-area-fold"
                  aria-expanded={shown}
                  aria-label={t('areaPicker.openCell', { cell: name })}
                  onClick={() =>
                    setOpen(
                      (old) => new Set(shown ? [...old].filter((each) => each !== code) : [...old, code]),
                    )
                  }
                >
                  {shown ? (
                    <IconChevronDown size={14} aria-hidden="true" />
                  ) : (
                    <IconChevronRight size={14} aria-hidden="true" />
                  )}
                </button>
              ) : (
                <span className="gw-area-fold" />
              )}
              <Checkbox
                size="xs"
                checked={has(code)}
                onChange={() => onToggle({ layer, code, name })}
                label={name}
                data-testid={`cell-${code}`}
              />
            </div>
            {shown && below && <Branch layer={below} parent={code} has={has} onToggle={onToggle} />}
          </li>
        )
      })}
      {cells.data.features.length === 0 && <li className="gw-hint">{t('place.noChildren')}</li>}
      {cells.data.next && <li className="gw-hint">{t('areaPicker.moreCells')}</li>}
    </ul>
  )
}

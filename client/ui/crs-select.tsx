import { Select } from '@mantine/core'
import { CRS_LIST } from '../../geodata/crs/crs-list.ts'
import { suggestCrs } from '../../geodata/crs/suggest-crs.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { useTexts } from './i18n.ts'

interface CrsSelectProps {
  value: string
  onChange(crsId: string): void
  label: string
  /** The systems of this place come first. */
  near: LngLat
  hideLabel?: boolean
}

export function CrsSelect({ value, onChange, label, near, hideLabel }: CrsSelectProps) {
  const { lang } = useTexts()
  const { belt } = suggestCrs(near)
  const isNear = (crs: (typeof CRS_LIST)[number]) => !crs.belt || crs.belt.zone === belt?.zone
  const item = (crs: (typeof CRS_LIST)[number]) => ({
    value: crs.id,
    label: crs.id.startsWith('EPSG') ? `${crs[lang]} · ${crs.id}` : crs[lang],
  })
  return (
    <Select
      size="xs"
      searchable
      allowDeselect={false}
      {...(hideLabel ? { 'aria-label': label } : { label })}
      value={value}
      onChange={(id) => id && onChange(id)}
      data={[...CRS_LIST.filter(isNear), ...CRS_LIST.filter((crs) => !isNear(crs))].map(item)}
      maxDropdownHeight={260}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  )
}

import { Checkbox, Switch, TextInput } from '@mantine/core'
import type { FindingItem, Found } from '../../../geodata/campaigns/checklist.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { itemText } from '../words.ts'

/** `case`: it becomes one, where that can be chosen. */
type Finding = Found & { case?: boolean }

interface FindingRowsProps<F extends Finding> {
  items: readonly FindingItem[]
  findings: readonly F[]
  /** A finding as it begins. */
  make(found: Found): F
  /** Findings with a category may become cases. */
  mayReport?: boolean
  onChange(next: F[]): void
}

/** The findings of a checklist, each with its details once it is ticked. */
export function FindingRows<F extends Finding>(props: FindingRowsProps<F>) {
  const { items, findings, make, mayReport = false, onChange } = props
  return items.map((item) => (
    <FindingRow
      key={item.code}
      item={item}
      found={findings.find(({ code }) => code === item.code)}
      make={make}
      mayReport={mayReport && item.category !== null}
      onChange={(next) =>
        onChange([...findings.filter(({ code }) => code !== item.code), ...(next ? [next] : [])])
      }
    />
  ))
}

interface FindingRowProps<F> {
  item: FindingItem
  found: F | undefined
  make(found: Found): F
  mayReport: boolean
  onChange(next: F | undefined): void
}

/** One finding: whether it is there, whether it was put right on the spot, and whether it becomes a case. */
function FindingRow<F extends Finding>({ item, found, make, mayReport, onChange }: FindingRowProps<F>) {
  const { t, lang } = useTexts()
  const text = itemText(item, lang)
  return (
    <div className="gw-visit-finding" data-found={found !== undefined || undefined}>
      <Checkbox
        className="gw-visit-tick"
        label={text}
        checked={found !== undefined}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked ? make({ code: item.code, fixed: false, note: null }) : undefined,
          )
        }
        data-testid={`finding-${item.code}`}
      />
      {found && (
        <div className="gw-visit-more">
          <Switch
            label={t('campaigns.fixed')}
            checked={found.fixed}
            onChange={(event) => {
              const fixed = event.currentTarget.checked
              onChange({ ...found, fixed, ...(fixed && found.case ? { case: false } : {}) })
            }}
          />
          {mayReport && !found.fixed && (
            <Switch
              label={t('campaigns.opensCase')}
              checked={found.case ?? false}
              onChange={(event) => onChange({ ...found, case: event.currentTarget.checked })}
              data-testid={`case-${item.code}`}
            />
          )}
          <TextInput
            aria-label={t('campaigns.findingNote', { finding: text })}
            placeholder={t('campaigns.where')}
            maxLength={300}
            value={found.note ?? ''}
            onChange={(event) =>
              onChange({
                ...found,
                note: event.currentTarget.value === '' ? null : event.currentTarget.value,
              })
            }
          />
        </div>
      )}
    </div>
  )
}

import { Button, Checkbox } from '@mantine/core'
import type { CellRef } from '../../../geodata/editing/cell-set.ts'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import { useTexts } from '../../ui/i18n.ts'
import { nameOf } from '../name-of.ts'
import type { EditState, Session } from '../session.ts'
import { siblingsBeside } from '../siblings-beside.ts'
import { refKey } from '../working-set.ts'

/** The siblings that share border with the chosen cell: the way to merge without the map. */
export function MergeList({ session, state }: { session: Session; state: EditState }) {
  const { t } = useTexts()
  const { picked } = state
  const first = picked[0]
  const { set } = session.bench
  if (!first || !set.cells || !isCellLayer(first.layer)) return null
  const beside = siblingsBeside(
    set.cells,
    picked.filter((ref): ref is CellRef => isCellLayer(ref.layer)),
  )
  const isPicked = (ref: CellRef) => picked.some((other) => refKey(other) === refKey(ref))
  return (
    <fieldset className="gw-edit-merge">
      <legend>{t('editing.mergeInto', { name: nameOf(set.current(first), first) })}</legend>
      {beside.map((ref) => (
        <Checkbox
          key={refKey(ref)}
          size="xs"
          checked={isPicked(ref)}
          label={nameOf(set.current(ref), ref)}
          onChange={() => session.mode().toggle?.(ref)}
          data-testid="merge-with"
        />
      ))}
      {beside.length === 0 && <p className="gw-hint">{t('editing.noSiblings')}</p>}
      <Button
        size="xs"
        disabled={picked.length < 2}
        onClick={() => session.mode().finish?.()}
        data-testid="merge-go"
      >
        {t('editing.mergeGo', { count: picked.length })}
      </Button>
    </fieldset>
  )
}

import { Button } from '@mantine/core'
import { IconAngle, IconFocusCentered, IconTrash } from '@tabler/icons-react'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import { useTexts } from '../../ui/i18n.ts'
import { nameOf } from '../name-of.ts'
import type { EditState, Session } from '../session.ts'

/** What is chosen, and what is done to it at once. */
export function TargetCard({ session, state, noun }: { session: Session; state: EditState; noun: string }) {
  const { t } = useTexts()
  const { target } = state
  if (!target) return null
  const input = session.bench.set.current(target)
  const square = input?.geometry.type === 'MultiPolygon' && !isCellLayer(target.layer)
  return (
    <section className="gw-edit-target" aria-label={t('editing.target')} data-testid="edit-target">
      <h3>
        {noun}
        <strong>{nameOf(input, target)}</strong>
      </h3>
      <div className="gw-edit-actions">
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconFocusCentered size={14} />}
          onClick={() => session.zoomTo(target)}
        >
          {t('editing.zoomTo')}
        </Button>
        {square && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconAngle size={14} />}
            onClick={session.makeRightAngles}
            data-testid="edit-square"
          >
            {t('editing.rightAngles')}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconTrash size={14} />}
          onClick={session.removeTarget}
          data-testid="edit-delete"
        >
          {t('editing.delete')}
        </Button>
      </div>
    </section>
  )
}

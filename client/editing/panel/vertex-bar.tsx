import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { formatCoordinates } from '../../../geodata/crs/format-coordinates.ts'
import { useCrsChoice } from '../../ui/crs-choice.ts'
import { useTexts } from '../../ui/i18n.ts'
import { EDIT_KEYS } from '../keys/edit-keys.ts'
import type { EditState, Session } from '../session.ts'

const KEYS = EDIT_KEYS.vertex

/** The chosen vertex: which one, where, and the buttons that do what keys do. */
export function VertexBar({ session, state }: { session: Session; state: EditState }) {
  const { t } = useTexts()
  const [crs] = useCrsChoice()
  const { vertex, mode } = state
  const press = ([key]: readonly string[]) =>
    key !== undefined && session.mode().key?.(new KeyboardEvent('keydown', { key }))
  return (
    <section className="gw-edit-vertex" aria-label={t('editing.vertex')}>
      <div>
        <ActionIcon
          variant="default"
          size={28}
          aria-label={t('editing.vertexBefore')}
          onClick={() => press(KEYS.before)}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <output
          aria-live="polite"
          data-testid="edit-vertex"
          data-lnglat={vertex ? vertex.at.join(',') : undefined}
        >
          {vertex
            ? vertex.chosen > 1
              ? t('editing.verticesOf', { chosen: vertex.chosen, count: vertex.count })
              : t('editing.vertexOf', { index: vertex.index + 1, count: vertex.count })
            : t('editing.noVertex')}
          {vertex && <small>{formatCoordinates(crs, vertex.at)}</small>}
        </output>
        <ActionIcon
          variant="default"
          size={28}
          aria-label={t('editing.vertexAfter')}
          onClick={() => press(KEYS.after)}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      </div>
      {vertex && mode === 'vertices' && (
        <div>
          <Button size="compact-xs" variant="default" onClick={() => press(KEYS.insert)}>
            {t('editing.insertVertex')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => press(KEYS.stretch)}>
            {t('editing.stretch')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => press(KEYS.remove)}>
            {t('editing.removeVertex')}
          </Button>
        </div>
      )}
      {vertex && mode === 'split' && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => press(KEYS.through)}
          data-testid="edit-add-vertex"
        >
          {t('editing.throughVertex')}
        </Button>
      )}
    </section>
  )
}

import { Tooltip } from '@mantine/core'
import { IconMagnet, IconRoute } from '@tabler/icons-react'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import { shownKeys } from '../../app/commands.ts'
import { useTexts } from '../../ui/i18n.ts'
import { EDIT_KEYS, MODE_KEYS } from '../keys/edit-keys.ts'
import type { EditState, Session } from '../session.ts'
import { MODE_LIST, offers } from './mode-list.ts'

const letterOf = (keys: string) => shownKeys(keys).join(' ')

/** Ways of working as a grid of buttons: icon, word, key. What the layer cannot have is left out. */
export function ModeButtons({ session, state }: { session: Session; state: EditState }) {
  const { t } = useTexts()
  const cells = isCellLayer(state.layer)
  const drawsLine = state.mode === 'line' || state.mode === 'polygon' || state.mode === 'split'
  return (
    <>
      <div className="gw-edit-modes" role="toolbar" aria-label={t('editing.modes')}>
        {MODE_LIST.map((entry) => {
          const offered = offers(entry, state)
          if (!offered) return null
          const { id, icon: Sign } = entry
          const name = id === 'vertices' && cells ? t('editing.mode.border') : t(`editing.mode.${id}`)
          return (
            <Tooltip key={id} label={t('editing.needsTarget')} disabled={offered === true}>
              <button
                type="button"
                aria-pressed={state.mode === id}
                aria-disabled={offered !== true}
                data-testid={`mode-${id}`}
                onClick={() => offered === true && session.setMode(id)}
              >
                <Sign size={18} aria-hidden="true" />
                <span>{name}</span>
                <i className="gw-key" aria-hidden="true">
                  {letterOf(MODE_KEYS[id])}
                </i>
              </button>
            </Tooltip>
          )
        })}
      </div>
      <div className="gw-edit-switches">
        <button
          type="button"
          aria-pressed={state.snapping}
          data-testid="edit-snap"
          onClick={session.toggleSnapping}
        >
          <IconMagnet size={16} aria-hidden="true" />
          {t('editing.snap')}
          <i className="gw-key" aria-hidden="true">
            {letterOf(EDIT_KEYS.any.snap[0])}
          </i>
        </button>
        {drawsLine && (
          <button
            type="button"
            aria-pressed={state.tracing}
            data-testid="edit-trace"
            onClick={session.toggleTracing}
          >
            <IconRoute size={16} aria-hidden="true" />
            {t('editing.trace')}
            <i className="gw-key" aria-hidden="true">
              {letterOf(EDIT_KEYS.any.trace[0])}
            </i>
          </button>
        )}
      </div>
    </>
  )
}

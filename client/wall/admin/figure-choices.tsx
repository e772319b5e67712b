import { Checkbox, NumberInput } from '@mantine/core'
import {
  WALL_FIGURE_IDS,
  WALL_FIGURES,
  type WallFigureId,
  type WallLayoutInput,
} from '../../../geodata/walls/layout.schema.ts'
import { useTexts } from '../../ui/i18n.ts'

type Figures = WallLayoutInput['figures']
const MOST = 6

/** Which figures a wall shows, and the target of each; shares in per cent. */
export function FigureChoices({ value, onChange }: { value: Figures; onChange(next: Figures): void }) {
  const { t, lang } = useTexts()
  const isShare = (id: WallFigureId) => WALL_FIGURES[id].unit === 'share'
  const toggle = (id: WallFigureId) =>
    onChange(
      value.some((one) => one.id === id)
        ? value.filter((one) => one.id !== id)
        : [...value, { id, target: WALL_FIGURES[id].target }],
    )
  return (
    <fieldset className="gw-walls-figures">
      <legend>{t('walls.figures')}</legend>
      {WALL_FIGURE_IDS.map((id) => {
        const chosen = value.find((one) => one.id === id)
        const label = WALL_FIGURES[id][lang]
        const target = chosen?.target ?? null
        return (
          <div key={id}>
            <Checkbox
              size="xs"
              label={label}
              checked={chosen !== undefined}
              disabled={chosen ? value.length === 1 : value.length >= MOST}
              onChange={() => toggle(id)}
            />
            {chosen && (
              <NumberInput
                size="xs"
                aria-label={t('walls.target', { figure: label })}
                placeholder={t('walls.targetNone')}
                min={0}
                max={isShare(id) ? 100 : 1_000_000}
                suffix={isShare(id) ? '%' : ''}
                value={target === null ? '' : isShare(id) ? Math.round(target * 100) : target}
                onChange={(next) =>
                  onChange(
                    value.map((one) =>
                      one.id === id
                        ? {
                            ...one,
                            target: typeof next !== 'number' ? null : isShare(id) ? next / 100 : next,
                          }
                        : one,
                    ),
                  )
                }
              />
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

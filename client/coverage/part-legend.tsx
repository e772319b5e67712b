import { Checkbox } from '@mantine/core'
import type { CSSProperties } from 'react'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import type { PartLayer } from './analysis-view.ts'
import { viewOf } from './analysis-views.ts'
import { changeShown, useShown } from './shown-parts.ts'

/** What is on the map: each part with its looks, to be switched off and on. */
export function PartLegend({ analysis, scheme }: { analysis: Analysis; scheme: Scheme }) {
  const texts = useTexts()
  const { t } = texts
  const { parts, hidden } = useShown(analysis.id)
  const views = viewOf(analysis.kind)?.parts ?? {}
  const drawn = Object.entries(views).flatMap(([part, view]) => {
    const head = analysis.parts.find((one) => one.part === part)
    if (!head?.count || !view.layers || (parts && !parts.some((one) => one.part === part))) return []
    return [{ part, view, count: head.count, look: view.layers(TOKENS[scheme])[0] }]
  })
  if (drawn.length === 0) return null
  return (
    <section aria-label={t('coverage.onMap')}>
      <h3>{t('coverage.onMap')}</h3>
      <ul className="gw-part-legend">
        {drawn.reverse().map(({ part, view, count, look }) => (
          <li key={part}>
            <Checkbox
              size="xs"
              label={
                <>
                  <Swatch look={look} />
                  {view.name(texts)} <small>{formatCount(count)}</small>
                </>
              }
              checked={!hidden.has(part)}
              onChange={(event) => {
                const next = new Set(hidden)
                if (event.currentTarget.checked) next.delete(part)
                else next.add(part)
                changeShown(analysis.id, { hidden: next })
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of several colours none is shown: the answer says what they mean. */
function Swatch({ look }: { look: PartLayer | undefined }) {
  if (!look) return null
  const colour = look.hatch ?? look.paint?.[`${look.type}-color`]
  return (
    <i
      className="gw-part-swatch"
      data-look={look.hatch ? 'hatch' : look.type}
      style={{ '--part': typeof colour === 'string' ? colour : 'var(--gw-muted)' } as CSSProperties}
      aria-hidden="true"
    />
  )
}

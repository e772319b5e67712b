import { Button, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { Ranking } from '../../geodata/figures/indicator.schema.ts'
import { INDICATORS, type IndicatorId } from '../../geodata/figures/indicators.ts'
import type { Category } from '../../geodata/figures/scheme.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { PartialMark } from './partial-mark.tsx'
import { Stars } from './stars.tsx'
import { isPartial, outOfWords, percentWords, pointWords, shareOrNull } from './words.ts'

type RankedCell = Ranking['cells'][number]

interface RankingTableProps {
  ranking: Ranking
  shown: number
  onNarrow(code: string): void
  /** Opens a share of a cell; in a part over its categories alone. */
  onOpen(code: string, indicator: IndicatorId, categories: Category[] | undefined): void
}

/** Places, points and stars; each cell opens what its points are made of. */
export function RankingTable({ ranking, shown, onNarrow, onOpen }: RankingTableProps) {
  const { t } = useTexts()
  const [open, setOpen] = useState<string>()
  const hasStars = ranking.scheme.stars.length > 0
  return (
    <table className="gw-table gw-ranking" data-testid="ranking-table">
      <caption className="gw-unseen">{t('figures.views.ranking')}</caption>
      <thead>
        <tr>
          <th scope="col" className="gw-number">
            {t('figures.place')}
          </th>
          <th scope="col">{t('figures.area')}</th>
          <th scope="col" className="gw-number">
            {t('figures.pointsShort')}
          </th>
          {hasStars && <th scope="col">{t('figures.stars')}</th>}
        </tr>
      </thead>
      <tbody>
        {ranking.cells.slice(0, shown).map((cell) => (
          <RankedRow
            key={cell.code}
            cell={cell}
            ranking={ranking}
            isOpen={open === cell.code}
            onToggle={() => setOpen(open === cell.code ? undefined : cell.code)}
            onNarrow={onNarrow}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RankedRowProps extends Omit<RankingTableProps, 'shown'> {
  cell: RankedCell
  isOpen: boolean
  onToggle(): void
}

function RankedRow({ cell, ranking, isOpen, onToggle, onNarrow, onOpen }: RankedRowProps) {
  const { t } = useTexts()
  const name = cell.name || cell.code
  const Sign = isOpen ? IconChevronDown : IconChevronRight
  const hasStars = ranking.scheme.stars.length > 0
  return (
    <>
      <tr>
        <td className="gw-number">
          {cell.place ?? '—'}
          {cell.before.place !== null && cell.before.place !== cell.place && (
            <small> {t('figures.placeBefore', { place: cell.before.place })}</small>
          )}
        </td>
        <th scope="row">
          <UnstyledButton
            className="gw-ranking-cell"
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'figures.hide' : 'figures.show', { name })}
            onClick={onToggle}
            data-testid="ranking-row"
          >
            <Sign size={14} aria-hidden="true" />
            {name}
          </UnstyledButton>
        </th>
        <td className="gw-number">
          {pointWords(cell.score.points)}
          {isPartial(cell) && <PartialMark />}
        </td>
        {hasStars && (
          <td>
            <Stars stars={cell.stars} />
          </td>
        )}
      </tr>
      {isOpen && (
        <tr className="gw-ranking-parts">
          <td colSpan={hasStars ? 4 : 3}>
            <Components
              cell={cell}
              ranking={ranking}
              onOpen={(indicator, categories) => onOpen(cell.code, indicator, categories)}
            />
            <Button size="compact-xs" variant="default" onClick={() => onNarrow(cell.code)}>
              {t('figures.narrow')}
            </Button>
          </td>
        </tr>
      )}
    </>
  )
}

/** What the points are made of: shares with what they are out of, and the parts with their stars. */
interface ComponentsProps {
  cell: RankedCell
  ranking: Ranking
  onOpen(indicator: IndicatorId, categories: Category[] | undefined): void
}

function Components({ cell, ranking, onOpen }: ComponentsProps) {
  const texts = useTexts()
  const { t, lang } = texts
  const { components, parts } = ranking.scheme
  const lines = (ratios: RankedCell['ratios'], categories?: Category[]) =>
    components.map(({ indicator }) => (
      <li key={indicator}>
        <UnstyledButton
          className="gw-link"
          onClick={() => onOpen(indicator, categories)}
          data-testid="ranking-component"
        >
          {INDICATORS[indicator].name[lang]}
        </UnstyledButton>
        <b>{percentWords(shareOrNull(ratios[indicator]))}</b>
        <small>{outOfWords(indicator, ratios[indicator], texts)}</small>
      </li>
    ))
  return (
    <div className="gw-ranking-components" data-testid="ranking-components">
      {isPartial(cell) && <p>* {t('figures.partial', { known: Math.round(cell.score.known * 100) })}</p>}
      {cell.parts.length === 0 ? (
        <ul>{lines(cell.ratios)}</ul>
      ) : (
        cell.parts.map((part) => {
          const asSet = parts.find(({ id }) => id === part.id)
          return (
            <section key={part.id}>
              <h4>
                {asSet?.name[lang]} {pointWords(part.score.points)} <Stars stars={part.stars} />
              </h4>
              <ul>{lines(part.ratios, asSet?.categories)}</ul>
            </section>
          )
        })
      )}
    </div>
  )
}

import { UnstyledButton } from '@mantine/core'
import type { RedrawAlternative, RedrawResult } from '../../../geodata/partition/redraw.schema.ts'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { Scheme } from '../../ui/tokens.ts'
import { hueOf } from './hues.ts'

interface CellsTableProps {
  result: RedrawResult
  alternative: RedrawAlternative
  scheme: Scheme
  onShow(number: number): void
}

/** The cells of an alternative against the band. */
export function CellsTable({ result, alternative, scheme, onShow }: CellsTableProps) {
  const { t } = useTexts()
  return (
    <table className="gw-table" data-testid="redraw-cells">
      <caption className="gw-unseen">{t('redraw.parts.cell')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('redraw.cell')}</th>
          <th scope="col" className="gw-number">
            {t(`redraw.weightOf.${result.weight}`)}
          </th>
          <th scope="col" className="gw-number">
            {t('redraw.buildings')}
          </th>
          <th scope="col">{t('redraw.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {alternative.cells.map(({ number, weight, buildings, verdict, from, isUnchanged }) => (
          <tr key={number}>
            <th scope="row">
              <UnstyledButton className="gw-link" onClick={() => onShow(number)}>
                <i className="gw-redraw-swatch" style={{ color: hueOf(scheme, number) }} aria-hidden="true" />
                {t('redraw.cellNumber', { number })}
              </UnstyledButton>
            </th>
            <td className="gw-number">{formatCount(weight)}</td>
            <td className="gw-number">{formatCount(buildings)}</td>
            <td data-verdict={verdict}>
              {isUnchanged ? t('redraw.stays', { code: from ?? '' }) : t(`redraw.verdicts.${verdict}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

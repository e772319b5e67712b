import { Popover, UnstyledButton } from '@mantine/core'
import { Fragment } from 'react'
import type { RedrawResult } from '../../../geodata/partition/redraw.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { measureRows } from './redraw-words.ts'

/** Alternatives by what tells them apart; how each figure is reckoned is one click away. */
export function MeasuresTable({ result, chosen }: { result: RedrawResult; chosen: number }) {
  const texts = useTexts()
  const { t } = texts
  return (
    <div className="gw-redraw-wide">
      <table className="gw-table" data-testid="redraw-measures">
        <caption className="gw-unseen">{t('redraw.compared')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('redraw.measure')}</th>
            {result.alternatives.map(({ number, priority }) => (
              <th
                key={number}
                scope="col"
                className="gw-number"
                aria-current={number === chosen || undefined}
              >
                {t(`redraw.short.${priority}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measureRows(texts).map(({ id, label, formula, show }) => (
            <tr key={id}>
              <th scope="row">
                <Popover position="bottom-start" width={280} withArrow shadow="md" withinPortal>
                  <Popover.Target>
                    <UnstyledButton className="gw-link">{label}</UnstyledButton>
                  </Popover.Target>
                  <Popover.Dropdown className="gw-formula">{formula}</Popover.Dropdown>
                </Popover>
              </th>
              {result.alternatives.map((alternative) => (
                <Fragment key={alternative.number}>
                  <td className="gw-number" aria-current={alternative.number === chosen || undefined}>
                    {show(alternative, result)}
                  </td>
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

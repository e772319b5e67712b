import './panels.css'
import { UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTexts } from './i18n.ts'

export interface Column<Row> {
  id: string
  label: string
  show(row: Row): ReactNode
}

interface CellTableProps<Row> {
  caption: string
  /** Heading of the column of names. */
  nameLabel: string
  rows: Row[]
  columns: Column<Row>[]
  onSelect(row: Row): void
  empty: string
}

const SHOWN_AT_FIRST = 40

const isZero = (shown: ReactNode) => shown === 0 || (typeof shown === 'string' && /^0(\.0)?$/.test(shown))

/** A table of cells with their figures; the name of each selects it. */
export function CellTable<Row extends { code: string; name: string }>(props: CellTableProps<Row>) {
  const { caption, nameLabel, rows, columns, onSelect, empty } = props
  const { t } = useTexts()
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  if (rows.length === 0) return <p className="gw-hint">{empty}</p>
  return (
    <>
      <table className="gw-table">
        <caption className="gw-unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{nameLabel}</th>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col" className="gw-number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.code}>
              <th scope="row">
                <UnstyledButton className="gw-link" onClick={() => onSelect(row)} data-testid="cell-row">
                  {row.name || row.code}
                </UnstyledButton>
              </th>
              {columns.map(({ id, show }) => {
                const shown = show(row)
                return (
                  <td key={id} className="gw-number" data-zero={isZero(shown) || undefined}>
                    {shown}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <UnstyledButton className="gw-link" onClick={() => setShown(shown + SHOWN_AT_FIRST * 2)}>
          {t('figure.more', { shown, total: rows.length })}
        </UnstyledButton>
      )}
    </>
  )
}

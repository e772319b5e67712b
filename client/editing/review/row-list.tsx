import { type ReactNode, useState } from 'react'
import { useTexts } from '../../ui/i18n.ts'

export interface ReviewRow {
  key: string
  title: ReactNode
  detail?: ReactNode
  zoom?: (() => void) | undefined
}

const FIRST = 20

/** Rows that each lead to their place on the map. */
export function RowList({ rows, total = rows.length }: { rows: ReviewRow[]; total?: number }) {
  const { t } = useTexts()
  const [shown, setShown] = useState(FIRST)
  return (
    <>
      <ul className="gw-review-rows">
        {rows.slice(0, shown).map(({ key, title, detail, zoom }) => (
          <li key={key}>
            {zoom ? (
              <button type="button" onClick={zoom} title={t('review.zoom')}>
                <span>{title}</span>
                {detail && <small>{detail}</small>}
              </button>
            ) : (
              <div>
                <span>{title}</span>
                {detail && <small>{detail}</small>}
              </div>
            )}
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <button type="button" className="gw-review-more" onClick={() => setShown(shown + 100)}>
          {t('review.more', { shown, total })}
        </button>
      )}
      {rows.length <= shown && total > rows.length && (
        <p className="gw-hint">{t('review.notListed', { count: total - rows.length })}</p>
      )}
    </>
  )
}

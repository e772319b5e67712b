import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { formatTenths } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useSitingWords } from './siting-words.ts'

/** What changes, whatever was asked: who is within the walk, and how far it is. */
export function FiguresTable({
  result,
  step,
}: {
  result: SitingResult
  step: SitingResult['steps'][number]
}) {
  const { t } = useTexts()
  const { weight, metres } = useSitingWords(result)
  const { before, demand, unit } = result
  const { measures } = step
  const covered = (value: number) => (
    <>
      {weight(value)}
      {demand.weight > 0 && (
        <small className="gw-siting-share">{formatTenths((100 * value) / demand.weight)}%</small>
      )}
    </>
  )
  const rows = [
    {
      label: t('siting.covered'),
      before: before && covered(before.covered),
      after: covered(measures.covered),
    },
    {
      label: t('siting.mean'),
      before: before && metres(before.meanMetres),
      after: metres(measures.meanMetres),
    },
    {
      label: t('siting.worst'),
      before: before && metres(before.worstMetres),
      after: metres(measures.worstMetres),
    },
    ...(measures.unreached > 0 || (before?.unreached ?? 0) > 0
      ? [
          {
            label: t('siting.unreached'),
            before: before && weight(before.unreached),
            after: weight(measures.unreached),
          },
        ]
      : []),
    ...(unit === 'money'
      ? [
          {
            label: t('siting.cost'),
            before: null,
            after: t('siting.money', { value: formatTenths(step.price) }),
          },
        ]
      : []),
  ]
  return (
    <table className="gw-table" data-testid="siting-figures">
      <caption className="gw-unseen">{t('siting.figures')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('siting.figure')}</th>
          <th scope="col" className="gw-number">
            {t('siting.before')}
          </th>
          <th scope="col" className="gw-number">
            {t('siting.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, before: was, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="gw-number">{was ?? '—'}</td>
            <td className="gw-number">
              <b>{after}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

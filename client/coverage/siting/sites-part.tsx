import { UnstyledButton } from '@mantine/core'
import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { isCovering } from '../../../geodata/siting/siting-choices.ts'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { worthOf } from './curve-points.ts'
import { useSitingWords } from './siting-words.ts'

interface SitesPartProps {
  result: SitingResult
  step: SitingResult['steps'][number]
  /** Only of the answer is told what each place does. */
  isAnswer: boolean
  /** By its place in the list. */
  onShow(at: number): void
}

/** The chosen places: whom each is nearest for, and what would be lost without it. */
export function SitesPart({ result, step, isAnswer, onShow }: SitesPartProps) {
  const { t } = useTexts()
  const words = useSitingWords(result)
  const unit = t(`siting.weightsOf.${result.weights}`)
  const whole = worthOf(result, step.measures)
  const lost = (measures: SitingResult['sites'][number]['worth']) => {
    const without = worthOf(result, measures)
    if (whole === null || without === null) return '—'
    return isCovering(result.aim)
      ? t('siting.lost', { value: formatCount(Math.round(whole - without)) })
      : t('siting.longer', { value: words.worth(Math.max(0, without - whole)) })
  }
  return (
    <>
      <h3>{t('siting.sites')}</h3>
      {step.sites.length === 0 ? (
        <p className="gw-hint">{t('siting.noSites')}</p>
      ) : (
        <table className="gw-table" data-testid="siting-sites">
          <caption className="gw-unseen">{t('siting.sites')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('siting.site')}</th>
              {isAnswer && (
                <>
                  <th scope="col" className="gw-number">
                    {t('siting.serves')} <small>{unit}</small>
                  </th>
                  <th scope="col" className="gw-number">
                    {t('siting.without')} {isCovering(result.aim) && <small>{unit}</small>}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {step.sites.map(({ number }, at) => {
              const site = isAnswer ? result.sites[at] : undefined
              return (
                <tr key={number}>
                  <th scope="row">
                    <UnstyledButton
                      className="gw-link"
                      onClick={() => onShow(at)}
                      title={t('siting.show', { number })}
                      data-testid="siting-site"
                    >
                      {site?.name ??
                        t('siting.siteNumber', {
                          origin: site ? t(`siting.place.${site.origin}`) : t('siting.site'),
                          number,
                        })}
                    </UnstyledButton>
                  </th>
                  {site && (
                    <>
                      <td className="gw-number">{formatCount(Math.round(site.serves))}</td>
                      <td className="gw-number">{lost(site.worth)}</td>
                    </>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}

import { IconAlertTriangle, IconCheck, IconHelp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { CheckReport } from '../../../geodata/editing/change-report.schema.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { getSettings } from '../../api/settings.ts'
import { boxOf } from '../../map/box-of.ts'
import { formatCount, formatKnown } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { Session } from '../session.ts'
import { findingGeometry } from './finding-overlay.ts'
import { RowList } from './row-list.tsx'
import { zoomToFeature } from './zoom-to.ts'

/** What saving would do, as the server found it by trying. */
export function Report({ report, session }: { report: CheckReport; session: Session }) {
  const { t, lang } = useTexts()
  const { fresh, freshTotal, healed, standing, households, moves, codes } = report
  const settings = useQuery({ queryKey: ['settings'], queryFn: getSettings, enabled: households.length > 0 })
  const band = settings.data?.values.householdBand
  const noun = (layer: keyof typeof LAYERS) => LAYERS[layer].noun[lang]
  return (
    <>
      <section data-testid="review-topology">
        <h4>{t('review.topology.title')}</h4>
        <p className="gw-review-sum">
          <span data-tone={freshTotal > 0 ? 'critical' : undefined}>
            {freshTotal > 0 ? <IconAlertTriangle size={14} /> : <IconCheck size={14} />}
            {t('review.topology.fresh', { count: freshTotal })}
          </span>
          <span>{t('review.topology.healed', { count: healed })}</span>
          <span>{t('review.topology.standing', { count: standing })}</span>
        </p>
        <RowList
          total={freshTotal}
          rows={fresh.map((finding, index) => {
            const geometry = findingGeometry(finding.geometry)
            const area = finding.areaSquareMetres
            return {
              key: `${finding.kind}/${finding.layer}/${finding.id}/${index}`,
              title: t(`review.topology.kind.${finding.kind}`),
              detail: [
                noun(finding.layer),
                [finding.code, finding.otherCode].filter(Boolean).join(' / '),
                area === null ? '' : t('review.area', { area: formatCount(Math.round(area)) }),
              ]
                .filter(Boolean)
                .join(' · '),
              zoom: () =>
                geometry ? session.bench.handle.fit(boxOf(geometry)) : void zoomToFeature(session, finding),
            }
          })}
        />
        {report.partial && <p className="gw-hint">{t('review.partial')}</p>}
      </section>
      {households.length > 0 && (
        <section data-testid="review-households">
          <h4>{t('review.households.title')}</h4>
          {band && <p className="gw-hint">{t('review.households.band', { min: band.min, max: band.max })}</p>}
          <RowList
            rows={households.map((grid) => ({
              key: `grids/${grid.id}`,
              title: (
                <>
                  {grid.name}{' '}
                  <span
                    className="gw-review-verdict"
                    data-tone={
                      grid.verdict === 'within' ? 'done' : grid.verdict === 'unknown' ? undefined : 'due'
                    }
                  >
                    {grid.verdict === 'within' ? (
                      <IconCheck size={14} />
                    ) : grid.verdict === 'unknown' ? (
                      <IconHelp size={14} />
                    ) : (
                      <IconAlertTriangle size={14} />
                    )}
                    {t(`review.households.${grid.verdict}`)}
                  </span>
                </>
              ),
              detail: `${t('review.households.change', {
                before: formatKnown(grid.before),
                after: formatKnown(grid.after, grid.unknownBuildings > 0),
              })}${
                grid.unknownBuildings > 0
                  ? ` · ${t('review.households.unknownBuildings', { count: grid.unknownBuildings })}`
                  : ''
              }`,
              zoom: () => void zoomToFeature(session, grid),
            }))}
          />
        </section>
      )}
      {moves.total > 0 && (
        <details data-testid="review-moves">
          <summary>{t('review.moves', { count: moves.total })}</summary>
          <RowList
            total={moves.total}
            rows={moves.list.map((move) => ({
              key: `${move.layer}/${move.id}`,
              title: move.name ?? move.code ?? `#${move.id}`,
              detail: `${noun(move.layer)} · ${move.from ?? t('facts.none')} → ${move.to ?? t('facts.none')}`,
              zoom: () => void zoomToFeature(session, move),
            }))}
          />
        </details>
      )}
      {codes.length > 0 && (
        <details data-testid="review-codes">
          <summary>{t('review.codes', { count: codes.length })}</summary>
          <RowList
            rows={codes.map((code) => ({
              key: `${code.layer}/${code.id}`,
              title: code.name ?? noun(code.layer),
              detail: `${noun(code.layer)} · ${code.from ?? '—'} → ${code.to ?? '—'}`,
              zoom: () => void zoomToFeature(session, code),
            }))}
          />
        </details>
      )}
    </>
  )
}

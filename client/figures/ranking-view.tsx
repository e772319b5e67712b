import './ranking.css'
import { Button, SegmentedControl, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { SCHEME_IDS, SCHEMES } from '../../geodata/figures/scheme.ts'
import { rankingCsv } from '../api/figures.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import { questionOf } from './ask.ts'
import { CsvLink } from './downloads.tsx'
import type { FigureProps } from './figures-panel.tsx'
import { PointsChart } from './points-chart.tsx'
import { RankingTable } from './ranking-table.tsx'
import { useRanking } from './use-figures.ts'
import { WeightsForm } from './weights-form.tsx'
import { formulaWords, untilWords } from './words.ts'

const SHOWN_AT_FIRST = 40

/** Cells by the points of a scheme, with the formula as it is published and what each is made of. */
export function RankingView({ asked, change, scheme: theme }: FigureProps) {
  const texts = useTexts()
  const { t, lang } = texts
  const ranking = useRanking(asked)
  const [may, mayExport] = [useMay('configure'), useMay('export')]
  const [isEdited, setEdited] = useState(false)
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const { data } = ranking
  return (
    <section aria-label={t('figures.views.ranking')} aria-busy={ranking.isPlaceholderData}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('figures.scheme')}
        value={asked.scheme}
        onChange={(next) => change({ scheme: SCHEME_IDS.find((known) => known === next) ?? SCHEME_IDS[0] })}
        data={SCHEME_IDS.map((value) => ({ value, label: SCHEMES[value].name[lang] }))}
        data-testid="ranking-scheme"
      />
      {!data ? (
        <LoadState error={ranking.error} onRetry={() => void ranking.refetch()} />
      ) : (
        <>
          <div className="gw-figures-formula" data-testid="ranking-formula">
            {formulaWords(data.scheme, texts).map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>
              {t('figures.asOf', { time: untilWords(data.until) })} ·{' '}
              {data.version === 0
                ? t('figures.versionUsual')
                : t('figures.version', { version: data.version })}
            </p>
            {may && !isEdited && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => setEdited(true)}
                data-testid="weights-edit"
              >
                {t('figures.editWeights')}
              </Button>
            )}
          </div>
          {isEdited && (
            <WeightsForm
              key={`${data.id} ${data.version}`}
              id={data.id}
              version={data.version}
              scheme={data.scheme}
              onSaved={() => void ranking.refetch()}
              onClose={() => setEdited(false)}
            />
          )}
          {data.cells.length === 0 ? (
            <p className="gw-hint">{t('figures.noCells')}</p>
          ) : (
            <>
              <RankingTable
                ranking={data}
                shown={shown}
                onNarrow={(area) => change({ area })}
                onOpen={(area, open, categories) => change({ view: 'indicators', area, open, categories })}
              />
              {data.cells.length > shown && (
                <UnstyledButton className="gw-link" onClick={() => setShown(shown + SHOWN_AT_FIRST * 2)}>
                  {t('figure.more', { shown, total: data.cells.length })}
                </UnstyledButton>
              )}
              <PointsChart ranking={data} theme={theme}>
                {mayExport && <CsvLink href={rankingCsv(asked.scheme, questionOf(asked))} />}
              </PointsChart>
            </>
          )}
        </>
      )}
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { ALARM_STATES, type AlarmState } from '../../../geodata/campaigns/smoke-alarm.schema.ts'
import { getAlarmSummary, listAlarms } from '../../api/campaigns.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { Figure } from '../../ui/figure.tsx'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay } from '../../ui/session.ts'
import { RowFilter, Rows, usePages, useTyped } from '../rows.tsx'
import { ToneLegend } from '../tone-legend.tsx'
import { keeping } from '../use-kept.ts'
import { percent } from '../words.ts'
import { AlarmFile } from './alarm-file.tsx'
import { AlarmMark } from './alarm-mark.tsx'

const PAGE = 30
const useShown = keeping<AlarmState | ''>('overdue')
const useWords = keeping('')

/** Smoke alarms by building: how many have some, and where a test, a battery or a replacement is due. */
export function AlarmsPart({ select }: Pick<WorkPanelProps, 'select'>) {
  const { t } = useTexts()
  const mayImport = useMay('import')
  const [shown, setShown] = useShown()
  const { q, ...search } = useTyped(useWords())
  const sums = useQuery({ queryKey: ['smoke-alarms', 'summary'], queryFn: getAlarmSummary })
  const found = usePages(['smoke-alarms', 'list', shown, q], (cursor) =>
    listAlarms({ state: shown === '' ? undefined : shown, q, cursor, limit: PAGE }),
  )
  if (!sums.data) return <LoadState error={sums.error} onRetry={() => void sums.refetch()} />
  const { buildings, alarms, all } = sums.data
  const fitted = buildings.overdue + buildings.due + buildings.ok
  return (
    <>
      <p className="gw-hint">{t('alarms.lead')}</p>
      <dl className="gw-figure-grid">
        <Figure
          label={t('alarms.fitted')}
          value={percent(fitted, all)}
          outOf={t('alarms.fittedOf', { fitted: formatCount(fitted), all: formatCount(all) })}
          formula={t('alarms.fittedFormula', { alarms: formatCount(alarms) })}
        />
        <Figure
          label={t('alarms.states.overdue')}
          value={formatCount(buildings.overdue)}
          outOf={t('alarms.ofFitted', { count: formatCount(fitted) })}
          formula={t('alarms.overdueFormula')}
          tone={buildings.overdue > 0 ? 'critical' : undefined}
          onOpen={() => setShown('overdue')}
        />
      </dl>
      <ToneLegend
        label={t('alarms.legend')}
        tones={[
          ['critical', t('alarms.states.overdue')],
          ['due', t('alarms.states.due')],
          ['done', t('alarms.states.ok')],
        ]}
      />
      <RowFilter
        value={shown}
        onChange={(next) => setShown(next)}
        all={t('alarms.allStates', { count: formatCount(fitted + buildings.none) })}
        states={ALARM_STATES.map((each) => ({
          value: each,
          label: t(`alarms.states.${each}`),
          count: buildings[each],
        }))}
        search={{ label: t('campaigns.search'), ...search }}
        testId="alarm"
      />
      <Rows
        found={found}
        rowsOf={(page) => page.alarms}
        keyOf={({ building }) => building}
        onOpen={({ code, building }) => select(code ?? `buildings/${building}`, 'safety')}
        none={t('campaigns.nothingHere')}
        testId="alarm-row"
      >
        {(alarm) => (
          <>
            <b>{alarm.name ?? alarm.code ?? `#${alarm.building}`}</b>
            <AlarmMark alarm={alarm} />
            <small>{t('alarms.count', { count: alarm.count })}</small>
          </>
        )}
      </Rows>
      <p className="gw-hint">{t('alarms.howTo')}</p>
      {mayImport && <AlarmFile />}
    </>
  )
}

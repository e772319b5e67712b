import '../dispatch.css'
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listWaitingOrders, WAITING_ORDERS_KEY } from '../../api/dispatch.ts'
import { CentreCross } from '../../map/centre-cross.tsx'
import type { ToolProps } from '../../map/tool.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { keepFocus } from '../../ui/keep-focus.ts'
import { NARROW } from '../../ui/narrow.ts'
import { useOwnArea } from '../../ui/session.ts'
import { ToolCard } from '../../ui/tool-card.tsx'
import { texts } from '../texts.ts'
import { ImportOrders } from './import-orders.tsx'
import { WaitingOrders } from './waiting-orders.tsx'

addTexts(texts)

/** Orders of the 12345 hotline: a file of them comes in, and those that lack a place are put on the map. */
export default function HotlineTool(props: ToolProps) {
  const { t } = useTexts()
  const [placing, setPlacing] = useState<string>()
  const everywhere = useOwnArea() === undefined
  const waiting = useQuery({
    queryKey: WAITING_ORDERS_KEY,
    queryFn: listWaitingOrders,
    enabled: everywhere,
  })
  const part = props.state === 'waiting' ? 'waiting' : 'import'
  const isPlacing = part === 'waiting' && waiting.data?.orders.some(({ number }) => number === placing)
  return (
    <>
      {isPlacing && <CentreCross map={props.map} />}
      <ToolCard title={t('tool.hotline')} onClose={props.close} testId="hotline-tool">
        {everywhere ? (
          <div className="gw-hotline" ref={keepFocus}>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t('tool.hotline')}
              value={part}
              onChange={(next) => props.setState(next === 'waiting' ? 'waiting' : undefined)}
              data={[
                { value: 'import', label: t('dispatch.hotline.import') },
                {
                  value: 'waiting',
                  label: waiting.data
                    ? t('dispatch.hotline.waitingCount', { count: waiting.data.total })
                    : t('dispatch.hotline.waiting'),
                },
              ]}
            />
            {part === 'import' ? (
              <ImportOrders />
            ) : (
              <WaitingOrders
                map={props.map}
                answer={waiting.data}
                error={waiting.error}
                open={placing}
                onOpen={setPlacing}
                onSelect={(at, tab) => {
                  // There the tool would lie over what it leads to.
                  if (matchMedia(NARROW).matches) props.close()
                  props.select(at, tab)
                }}
              />
            )}
          </div>
        ) : (
          <p className="gw-hint">{t('dispatch.hotline.everywhere')}</p>
        )}
      </ToolCard>
    </>
  )
}

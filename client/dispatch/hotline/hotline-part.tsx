import '../dispatch.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HotlineOrder, OrderOfCase } from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { caseKey, getCase } from '../../api/cases.ts'
import { getOrderOfCase, hotlineKey } from '../../api/dispatch.ts'
import type { CasePartProps } from '../../ui/case-part.ts'
import { FactList } from '../../ui/fact-list.tsx'
import type { Fact } from '../../ui/facts.ts'
import { formatTime } from '../../ui/format.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { texts } from '../texts.ts'
import { CallForm, type CallKind } from './call-form.tsx'

addTexts(texts)

const BEFORE: readonly string[] = [
  ...['reported', 'pending_verify', 'pending_dispatch', 'dispatched', 'handling', 'returned', 'reopened'],
]
const AFTER: readonly string[] = ['handled', 'pending_check', 'closed']

/** What the hotline asks of a case: the first contact and two call-backs. Nothing for cases that came otherwise. */
export default function HotlinePart({ hazardId }: CasePartProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [open, setOpen] = useState<CallKind>()
  const [said, setSaid] = useState('')
  const of = useQuery({ queryKey: caseKey(hazardId), queryFn: () => getCase(hazardId) }).data
  const order = useQuery({ queryKey: hotlineKey(hazardId), queryFn: () => getOrderOfCase(hazardId) })
  if (!order.data) return <LoadState error={order.error} onRetry={() => void order.refetch()} />
  if (order.data.order === null || of === undefined) return null
  const { may } = order.data
  const { firstContactAt } = order.data.order
  const isBefore = BEFORE.includes(of.state)
  const done = (next: OrderOfCase | undefined) => {
    setOpen(undefined)
    if (!next) return
    queries.setQueryData(hotlineKey(hazardId), next)
    void queries.invalidateQueries({ queryKey: caseKey(hazardId) })
    setSaid(t('dispatch.hotline.saved'))
  }
  const button = (what: CallKind, label: string) => (
    <Button size="compact-md" variant="default" onClick={() => setOpen(what)} data-testid={`hotline-${what}`}>
      {label}
    </Button>
  )
  return (
    <section className="gw-dispatch-part" aria-labelledby="gw-hotline" data-testid="hotline-part">
      <h3 id="gw-hotline">{t('dispatch.hotline.title')}</h3>
      <Facts order={order.data.order} isBefore={isBefore} />
      {isBefore && firstContactAt === null && (
        <p className="gw-dispatch-warning">
          <IconAlertTriangle size={16} aria-hidden="true" />
          {t('dispatch.hotline.contactFirst')}
        </p>
      )}
      {open ? (
        <CallForm hazardId={hazardId} kind={open} may={may} onDone={done} />
      ) : (
        <div className="gw-acts">
          {isBefore && (may.unit || may.street) && button('contact', t('dispatch.hotline.recordContact'))}
          {AFTER.includes(of.state) && may.unit && button('unit', t('dispatch.hotline.recordUnit'))}
          {AFTER.includes(of.state) && may.street && button('street', t('dispatch.hotline.recordStreet'))}
        </div>
      )}
      <output className="gw-unseen" aria-live="polite">
        {said}
      </output>
    </section>
  )
}

function Facts({ order, isBefore }: { order: HotlineOrder; isBefore: boolean }) {
  const { t } = useTexts()
  const { number, receivedAt, channel, demand, title, firstContactAt, callBacks } = order
  const callBack = (label: string, said: HotlineOrder['callBacks']['unit']): Fact[] => {
    if (said === null) return isBefore ? [] : [{ label, value: t('dispatch.hotline.notYet'), tone: 'due' }]
    const { at, satisfied, solved } = said
    const solution =
      solved === null ? [] : [t(solved ? 'dispatch.hotline.isSolved' : 'dispatch.hotline.isNotSolved')]
    return [
      {
        label,
        value: [t(`dispatch.hotline.is.${satisfied}`), ...solution, formatTime(at)].join(' · '),
        ...(satisfied === 'dissatisfied' || solved === false ? { tone: 'critical' as const } : {}),
      },
    ]
  }
  return (
    <FactList
      facts={[
        { label: t('dispatch.hotline.number'), value: number },
        { label: t('dispatch.hotline.received'), value: formatTime(receivedAt) },
        ...(channel ? [{ label: t('dispatch.hotline.channel'), value: channel }] : []),
        ...(demand === title ? [] : [{ label: t('dispatch.hotline.demand'), value: demand }]),
        {
          label: t('dispatch.hotline.contact'),
          value: firstContactAt ? formatTime(firstContactAt) : t('dispatch.hotline.notYet'),
          ...(firstContactAt ? {} : { tone: 'due' as const }),
        },
        ...callBack(t('dispatch.hotline.callUnit'), callBacks.unit),
        ...callBack(t('dispatch.hotline.callStreet'), callBacks.street),
      ]}
    />
  )
}

import { Button, NativeSelect } from '@mantine/core'
import { IconFocus2, IconMapPin } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { categoryKey } from '../../../geodata/dispatch/department.schema.ts'
import type { HotlineOrder } from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import type { listWaitingOrders } from '../../api/dispatch.ts'
import { placeOrder, WAITING_ORDERS_KEY } from '../../api/dispatch.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { toastDone } from '../../ui/toast.tsx'

interface WaitingOrdersProps {
  map: MapHandle
  answer: Awaited<ReturnType<typeof listWaitingOrders>> | undefined
  error: Error | null
  /** Number of the one that is being placed. */
  open: string | undefined
  onOpen(number: string | undefined): void
  onSelect(at: string, tab?: string): void
}

/** Orders that lack a place or a category: one at a time is put at the centre of the map, which keys move, too. */
export function WaitingOrders({ map, answer, error, open, onOpen, onSelect }: WaitingOrdersProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  if (!answer)
    return (
      <LoadState
        error={error}
        onRetry={() => void queries.invalidateQueries({ queryKey: WAITING_ORDERS_KEY })}
      />
    )
  const { orders, total } = answer
  if (orders.length === 0) return <p className="gw-hint">{t('dispatch.hotline.noneWaiting')}</p>
  return (
    <>
      <ul className="gw-hotline-orders">
        {orders.map((order) => (
          <li key={order.number}>
            <button
              type="button"
              aria-expanded={order.number === open}
              onClick={() => onOpen(order.number === open ? undefined : order.number)}
              data-testid="hotline-waiting"
            >
              <b>{order.title}</b>
              <small>
                {order.number} · {formatTime(order.receivedAt)}
              </small>
            </button>
            {order.number === open && (
              <PlaceForm
                order={order}
                map={map}
                onPlaced={(placed) => {
                  onOpen(undefined)
                  void queries.invalidateQueries({ queryKey: WAITING_ORDERS_KEY })
                  void queries.invalidateQueries({ queryKey: ['cases'] })
                  toastDone(t('dispatch.hotline.placed', { title: placed.title }))
                  if (placed.hazard !== null) onSelect(`hazards/${placed.hazard}`, 'case')
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {total > orders.length && (
        <p className="gw-hint">{t('dispatch.hotline.moreWaiting', { count: total - orders.length })}</p>
      )}
    </>
  )
}

interface PlaceFormProps {
  order: HotlineOrder
  map: MapHandle
  onPlaced(order: HotlineOrder): void
}

function PlaceForm({ order, map, onPlaced }: PlaceFormProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [key, setKey] = useState(order.category ? categoryKey(order.category) : '')
  const send = useMutation({
    mutationFn: () => {
      const chosen = HAZARD_CATEGORIES.find((each) => categoryKey(each) === key)
      const category = chosen && { standard: chosen.standard, kind: chosen.kind, code: chosen.code }
      return placeOrder(order, { lngLat: map.visibleCentre(), ...(category ? { category } : {}) })
    },
    onSuccess: onPlaced,
    onError: () => void queries.invalidateQueries({ queryKey: WAITING_ORDERS_KEY }),
  })
  const { given } = order
  return (
    <div className="gw-hotline-order">
      <p>{order.demand}</p>
      {order.address && (
        <p>
          <small>{t('dispatch.hotline.address')}</small> {order.address}
        </p>
      )}
      <NativeSelect
        size="xs"
        label={t('dispatch.hotline.category')}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        data={[
          ...(key === '' ? [{ value: '', label: '—' }] : []),
          ...HAZARD_CATEGORIES.map((each) => ({
            value: categoryKey(each),
            label: `${each.code} ${each[lang]}`,
          })),
        ]}
        data-testid="hotline-category"
      />
      <p className="gw-hint">{t('dispatch.hotline.placeHint')}</p>
      <div className="gw-acts">
        {given && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconMapPin size={16} aria-hidden="true" />}
            onClick={() => map.fit([given[0], given[1], given[0], given[1]], 17)}
          >
            {t('dispatch.hotline.showGiven')}
          </Button>
        )}
        <Button
          size="compact-sm"
          disabled={key === ''}
          loading={send.isPending}
          leftSection={<IconFocus2 size={16} aria-hidden="true" />}
          onClick={() => send.mutate()}
          data-testid="hotline-place"
        >
          {t('dispatch.hotline.place')}
        </Button>
      </div>
      <ProblemAlert error={send.error} />
    </div>
  )
}

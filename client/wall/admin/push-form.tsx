import { Button, Checkbox, MultiSelect, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { WallLayout } from '../../../geodata/walls/layout.schema.ts'
import type { WallPush } from '../../../geodata/walls/open-wall.schema.ts'
import { listOpenWalls, pushToWalls } from '../../api/walls.ts'
import { parseCamera } from '../../map/camera.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { OPEN_WALLS } from './open-walls.tsx'

const KINDS = ['message', 'view', 'reload', 'clear'] as const
const USUAL_MINUTES = 30
const MOST_MINUTES = 24 * 60

/** What a supervisor sends to walls: read or seen at once, and taken back by itself. */
export function PushForm({ layouts }: { layouts: readonly WallLayout[] }) {
  const { t } = useTexts()
  const walls = useQuery({ queryKey: OPEN_WALLS, queryFn: listOpenWalls })
  const [to, setTo] = useState<string[]>([])
  const [kind, setKind] = useState<(typeof KINDS)[number]>('message')
  const [text, setText] = useState('')
  const [isUrgent, setUrgent] = useState(false)
  const [minutes, setMinutes] = useState(USUAL_MINUTES)
  const [layout, setLayout] = useState('')
  const [hazard, setHazard] = useState('')
  const [isMapSent, sendMap] = useState(false)
  // Where the map of this page stands, which the settings cover.
  const camera = parseCamera(new URLSearchParams(location.search).get('map') ?? undefined)
  const send = useMutation({
    mutationFn: (push: WallPush) => pushToWalls({ walls: to.length ? to : 'all', push }),
    onSuccess: ({ walls: meant }) => {
      toastDone(t('walls.sent', { count: meant.length }))
      setText('')
    },
  })
  const hazardId = /^[1-9]\d{0,14}$/.test(hazard.trim()) ? Number(hazard.trim()) : null
  const isHazardWrong = hazard.trim() !== '' && hazardId === null
  const isReady =
    kind === 'message'
      ? text.trim() !== ''
      : kind !== 'view' || ((hazardId !== null || layout !== '' || isMapSent) && !isHazardWrong)
  function pushNow(): WallPush {
    const until = new Date(Date.now() + minutes * 60_000).toISOString()
    if (kind === 'message') return { kind, text: text.trim(), isUrgent, until }
    if (kind === 'view') {
      const shown = isMapSent ? camera : undefined
      const center: [number, number] | null = shown ? [shown.lng, shown.lat] : null
      const zoom = shown ? Math.min(22, shown.zoom) : null
      return { kind, layout: layout || null, center, zoom, hazardId, until }
    }
    return { kind }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isReady) send.mutate(pushNow())
  }
  return (
    <>
      <h2 className="gw-walls-head">{t('walls.push')}</h2>
      <form className="gw-form gw-walls-push" onSubmit={submit} data-testid="push-form">
        <MultiSelect
          label={t('walls.to')}
          placeholder={to.length ? '' : t('walls.everyWall')}
          data={[...new Set((walls.data ?? []).map(({ name }) => name))]}
          value={to}
          onChange={setTo}
        />
        <NativeSelect
          label={t('walls.kind')}
          value={kind}
          onChange={(event) => setKind(KINDS.find((one) => one === event.currentTarget.value) ?? 'message')}
          data={KINDS.map((value) => ({ value, label: t(`walls.kinds.${value}`) }))}
          data-testid="push-kind"
        />
        {kind === 'message' && (
          <>
            <Textarea
              label={t('walls.text')}
              value={text}
              maxLength={200}
              autosize
              minRows={2}
              onChange={(event) => setText(event.currentTarget.value)}
              data-testid="push-text"
            />
            <Checkbox
              label={t('walls.urgent')}
              checked={isUrgent}
              onChange={(event) => setUrgent(event.currentTarget.checked)}
            />
          </>
        )}
        {kind === 'view' && (
          <>
            <NativeSelect
              label={t('walls.layout')}
              value={layout}
              onChange={(event) => setLayout(event.currentTarget.value)}
              data-testid="push-layout"
              data={[
                { value: '', label: t('walls.layoutSame') },
                ...layouts.map(({ name }) => ({ value: name, label: name })),
              ]}
            />
            <TextInput
              label={t('walls.hazard')}
              value={hazard}
              inputMode="numeric"
              error={isHazardWrong && t('walls.hazardWrong')}
              onChange={(event) => setHazard(event.currentTarget.value)}
            />
            <Checkbox
              label={t('walls.sendMap')}
              description={camera ? undefined : t('walls.noMap')}
              disabled={!camera}
              checked={isMapSent}
              onChange={(event) => sendMap(event.currentTarget.checked)}
              data-testid="push-map"
            />
          </>
        )}
        {(kind === 'message' || kind === 'view') && (
          <NumberInput
            label={t('walls.minutes')}
            value={minutes}
            min={1}
            max={MOST_MINUTES}
            allowDecimal={false}
            onChange={(next) =>
              typeof next === 'number' && setMinutes(Math.min(MOST_MINUTES, Math.max(1, next)))
            }
          />
        )}
        <ProblemAlert error={send.error} />
        <Button type="submit" disabled={!isReady} loading={send.isPending} data-testid="push-send">
          {t('walls.send')}
        </Button>
      </form>
    </>
  )
}

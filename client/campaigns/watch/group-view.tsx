import { Button, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  FIRE_WATCH_KINDS,
  type FireWatchEntry,
  type FireWatchKind,
} from '../../../geodata/campaigns/fire-watch.schema.ts'
import { getFireWatch, postFireWatch, withdrawFireWatch } from '../../api/campaigns.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { newUuid } from '../../ui/new-uuid.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMay } from '../../ui/session.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { BackLink } from '../back-link.tsx'
import { CardForm } from '../card-form.tsx'
import { useStoring } from '../use-storing.ts'
import { today } from '../words.ts'

interface GroupViewProps {
  holder: string
  setAsk(next: string | undefined): void
  select(at: string | undefined): void
}

/** One fire-watch group: its members, when it last met, drilled and checked, and a form for today. */
export function GroupView({ holder, setAsk, select }: GroupViewProps) {
  const { t } = useTexts()
  const may = useMay('verify')
  const found = useQuery({ queryKey: ['fire-watch', 'one', holder], queryFn: () => getFireWatch(holder) })
  const back = <BackLink label={t('watch.back')} onClick={() => setAsk('watch')} />
  if (!found.data)
    return (
      <>
        {back}
        <LoadState error={found.error} onRetry={() => void found.refetch()} />
      </>
    )
  const { group, members, entries } = found.data
  return (
    <>
      {back}
      <h3 className="gw-campaign-title">{holder}</h3>
      <FactList
        facts={[
          { label: t('watch.leaderLabel'), value: group.leader ?? t('watch.noLeader') },
          ...FIRE_WATCH_KINDS.map((kind) => ({
            label: t(`watch.lastOf.${kind}`),
            value: group.overdue.includes(kind)
              ? t('watch.late', { day: group.last[kind] ?? t('watch.never') })
              : (group.last[kind] ?? t('watch.never')),
            ...(group.overdue.includes(kind) ? { tone: 'critical' as const } : {}),
          })),
        ]}
      />
      {may && <EntryForm holder={holder} />}
      <h3>{t('watch.membersTitle', { count: members.length })}</h3>
      <ul className="gw-watch-members">
        {members.map(({ layer, feature, code, name, leads }) => (
          <li key={`${layer}/${feature}`}>
            <button type="button" className="gw-link" onClick={() => select(code ?? `${layer}/${feature}`)}>
              {name ?? code ?? feature}
            </button>
            {leads && <small> {t('watch.leads')}</small>}
          </li>
        ))}
      </ul>
      <h3>{t('watch.done')}</h3>
      {entries.length === 0 && <p className="gw-hint">{t('watch.nothingDone')}</p>}
      <ol className="gw-campaign-list">
        {entries.map((entry) => (
          <li
            key={entry.id}
            className="gw-visit-past"
            data-withdrawn={entry.withdrawnBy !== null || undefined}
            data-testid="watch-entry"
          >
            <Entry holder={holder} entry={entry} mayWithdraw={may} />
          </li>
        ))}
      </ol>
    </>
  )
}

interface EntryProps {
  holder: string
  entry: FireWatchEntry
  mayWithdraw: boolean
}

function Entry({ holder, entry, mayWithdraw }: EntryProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const { id, kind, on, attended, note, actor, withdrawnBy } = entry
  const again = () => queries.invalidateQueries({ queryKey: ['fire-watch'] })
  const withdraw = useMutation({
    mutationFn: () => withdrawFireWatch(id),
    onSuccess: () => {
      toastDone(t('watch.withdrawn', { kind: t(`watch.kinds.${kind}`) }), {
        // What was withdrawn stays so: the same is recorded once more.
        undo: async () => {
          await postFireWatch({ id: newUuid(), holder, kind, on, attended, note })
          await again()
        },
      })
      void again()
    },
    onError: toastFailed,
  })
  return (
    <>
      <b>
        {t(`watch.kinds.${kind}`)} {on}
      </b>
      {note && <span>{note}</span>}
      <small>
        {attended !== null && `${t('watch.came', { count: attended })} · `}
        {actor}
        {withdrawnBy !== null && ` · ${t('watch.withdrawnBy', { name: withdrawnBy })}`}
      </small>
      {mayWithdraw && withdrawnBy === null && (
        <button
          type="button"
          className="gw-link"
          disabled={withdraw.isPending}
          onClick={() => withdraw.mutate()}
          data-testid="watch-withdraw"
        >
          {t('watch.withdraw')}
        </button>
      )}
    </>
  )
}

function EntryForm({ holder }: { holder: string }) {
  const { t } = useTexts()
  const [kind, setKind] = useState<FireWatchKind>('meeting')
  const [on, setOn] = useState(today)
  const [attended, setAttended] = useState<number | string>('')
  const [note, setNote] = useState('')
  const [id, setId] = useState(newUuid)
  const send = useStoring({
    key: 'fire-watch',
    store: () =>
      postFireWatch({
        id,
        holder,
        kind,
        on,
        attended: attended === '' ? null : Number(attended),
        note: note.trim() === '' ? null : note,
      }),
    said: () => t('watch.saved', { kind: t(`watch.kinds.${kind}`) }),
    undo: () => withdrawFireWatch(id),
    onDone: () => {
      setId(newUuid())
      setNote('')
      setAttended('')
    },
  })
  return (
    <CardForm pending={send.isPending} onSend={() => on !== '' && send.mutate()} testId="watch-form">
      <SegmentedControl
        fullWidth
        aria-label={t('watch.what')}
        value={kind}
        onChange={(next) => setKind(FIRE_WATCH_KINDS.find((each) => each === next) ?? 'meeting')}
        data={FIRE_WATCH_KINDS.map((each) => ({ value: each, label: t(`watch.kinds.${each}`) }))}
      />
      <div className="gw-campaign-pair">
        <TextInput
          type="date"
          label={t('watch.day')}
          max={today()}
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <NumberInput
          label={t('watch.attended')}
          min={0}
          max={1000}
          allowDecimal={false}
          value={attended}
          onChange={setAttended}
        />
      </div>
      <TextInput
        label={t('campaigns.note')}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ProblemAlert error={send.error} />
      <Button type="submit" loading={send.isPending} data-testid="watch-send">
        {t('watch.record')}
      </Button>
    </CardForm>
  )
}

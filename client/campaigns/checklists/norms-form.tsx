import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { SafetyNorms } from '../../../geodata/campaigns/norm.schema.ts'
import { getSafetyNorms, putSafetyNorms } from '../../api/campaigns.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'
import { CardForm } from '../card-form.tsx'

const KEY = ['safety-norms']

/** After how many days something is due again. */
export function NormsForm() {
  const { t } = useTexts()
  const queries = useQueryClient()
  const isEverywhere = useOwnArea() === undefined
  const may = useMay('configure') && isEverywhere
  const found = useQuery({ queryKey: KEY, queryFn: getSafetyNorms })
  const [changed, setChanged] = useState<Record<string, number>>({})
  const accept = (saved: SafetyNorms) => {
    queries.setQueryData(KEY, saved)
    for (const key of ['premises', 'fire-watch', 'smoke-alarms'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  const daysOf = ({ norms }: SafetyNorms) => norms.map(({ code, days }) => ({ code, days }))
  const save = useMutation({
    mutationFn: (stored: SafetyNorms) =>
      putSafetyNorms(stored.version, {
        norms: daysOf(stored).map(({ code, days }) => ({ code, days: changed[code] ?? days })),
      }),
    onSuccess: (saved, before) => {
      setChanged({})
      accept(saved)
      toastDone(t('safetyNorms.saved'), {
        undo: async () => accept(await putSafetyNorms(saved.version, { norms: daysOf(before) })),
      })
    },
    onError: () => void queries.invalidateQueries({ queryKey: KEY }),
  })
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const stored = found.data
  return (
    <CardForm
      pending={save.isPending}
      onSend={() => Object.keys(changed).length > 0 && save.mutate(stored)}
      testId="safety-norms"
    >
      <b>{t('safetyNorms.title')}</b>
      {stored.norms.some(({ example }) => example) && <p className="gw-hint">{t('safetyNorms.example')}</p>}
      {!may && (
        <FactList
          facts={stored.norms.map(({ code, days }) => ({
            label: t(`safetyNorms.of.${code}`),
            value: `${days}${t('safetyNorms.days')}`,
          }))}
        />
      )}
      {(may ? stored.norms : []).map(({ code, days }) => (
        <NumberInput
          key={code}
          label={t(`safetyNorms.of.${code}`)}
          suffix={t('safetyNorms.days')}
          min={1}
          max={36_500}
          allowDecimal={false}
          value={changed[code] ?? days}
          onChange={(value) => {
            const next = Number(value)
            const { [code]: _, ...others } = changed
            setChanged(next === days || next < 1 ? others : { ...others, [code]: next })
          }}
        />
      ))}
      <ProblemAlert error={save.error} />
      {may && (
        <Button
          type="submit"
          variant="default"
          disabled={Object.keys(changed).length === 0}
          loading={save.isPending}
        >
          {t('acts.save')}
        </Button>
      )}
    </CardForm>
  )
}

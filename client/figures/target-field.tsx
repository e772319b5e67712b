import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { IndicatorId } from '../../geodata/figures/indicators.ts'
import { putTargets } from '../api/figures.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useMay } from '../ui/session.ts'
import { percentWords } from './words.ts'

interface TargetFieldProps {
  id: IndicatorId
  /** Share; null: none. */
  target: number | null
  /** Of the targets, as they are shown. */
  version: number
  misses: boolean | undefined
}

const FULL = 100

/** The target of an indicator, which those who look after settings change here. */
export function TargetField({ id, target, version, misses }: TargetFieldProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const may = useMay('configure')
  const [typed, setTyped] = useState<number | string>()
  const saving = useMutation({
    mutationFn: (next: number | null) => putTargets(version, { [id]: next }),
    onSuccess: (definitions) => {
      queries.setQueryData(['figures', 'indicators'], definitions)
      setTyped(undefined)
    },
  })
  if (typed === undefined)
    return (
      <p className="gw-figures-target">
        <span>
          {target === null ? t('figures.noTarget') : t('figures.target', { target: percentWords(target) })}
          {misses !== undefined && (
            <em data-tone={misses ? 'critical' : 'done'}>
              {' · '}
              {t(misses ? 'figures.misses' : 'figures.meets')}
            </em>
          )}
        </span>
        {may && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => setTyped(target === null ? '' : Math.round(target * FULL * 10) / 10)}
            data-testid="target-set"
          >
            {t('figures.setTarget')}
          </Button>
        )}
      </p>
    )
  return (
    <form
      className="gw-figures-target"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate(typed === '' ? null : Number(typed) / FULL)
      }}
    >
      <NumberInput
        size="xs"
        label={t('figures.targetPercent')}
        placeholder={t('figures.clear')}
        min={0}
        max={FULL}
        decimalScale={1}
        clampBehavior="strict"
        value={typed}
        onChange={setTyped}
        data-autofocus
        data-testid="target-percent"
      />
      <Button size="xs" type="submit" loading={saving.isPending} data-testid="target-save">
        {t('figures.save')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setTyped(undefined)}>
        {t('figures.cancel')}
      </Button>
      {saving.error && <ProblemAlert error={saving.error} />}
    </form>
  )
}

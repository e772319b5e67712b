import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { rotate, scale, translate } from '../../../geodata/editing/transform.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { EditState, Session } from '../session.ts'

/** Moving, turning and scaling by numbers. */
export function TransformEntry({ session, state }: { session: Session; state: EditState }) {
  const { t } = useTexts()
  const [first, setFirst] = useState<number | string>('')
  const [second, setSecond] = useState<number | string>('')
  const { mode, target } = state
  if (!target || !(mode === 'move' || mode === 'rotate' || mode === 'scale')) return null

  function submit(event: FormEvent) {
    event.preventDefault()
    const geometry = target && session.bench.set.current(target)?.geometry
    if (!target || !geometry) return
    const [one, other] = [Number(first) || 0, Number(second) || 0]
    const edit =
      mode === 'move'
        ? translate(geometry, [one, other])
        : mode === 'rotate'
          ? rotate(geometry, one)
          : scale(geometry, one)
    if (edit.ok) session.bench.commitShape(target, edit.geometry)
    else session.bench.refuse(edit)
  }
  const field = (label: string, value: number | string, change: (next: number | string) => void) => (
    <NumberInput size="xs" label={label} value={value} onChange={change} hideControls decimalScale={6} />
  )
  return (
    <form className="gw-edit-numbers" onSubmit={submit}>
      {mode === 'move' && field(t('editing.east'), first, setFirst)}
      {mode === 'move' && field(t('editing.north'), second, setSecond)}
      {mode === 'rotate' && field(t('editing.degrees'), first, setFirst)}
      {mode === 'scale' && field(t('editing.factor'), first, setFirst)}
      <Button type="submit" size="xs" variant="default">
        {t('editing.set')}
      </Button>
    </form>
  )
}

import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { isEqual } from '../../../geodata/editing/is-equal.ts'
import { useTexts } from '../../ui/i18n.ts'
import { fieldLabel } from '../../ui/words/property-words.ts'

export interface Works {
  title: string
  startsOn: string
  endsOn: string | null
}
interface WorksFieldProps {
  name: string
  value: Works | null
  empty: string
  disabled: boolean
  onCommit(value: Works | null): void
}

/** A works project: taken once it has a title and a first day. */
export function WorksField({ name, value, empty, disabled, onCommit }: WorksFieldProps) {
  const texts = useTexts()
  const { t } = texts
  const [works, setWorks] = useState(value)
  const [problem, setProblem] = useState<string>()
  const key = JSON.stringify(value)
  useEffect(() => {
    setWorks(JSON.parse(key))
    setProblem(undefined)
  }, [key])

  function take() {
    if (!works) return
    const { startsOn, endsOn } = works
    const title = works.title.trim()
    if (title === '' || startsOn === '') return setProblem(t('form.problem.worksIncomplete'))
    if (endsOn && endsOn < startsOn)
      return setProblem(t('form.problem.worksBackwards', { from: startsOn, to: endsOn }))
    setProblem(undefined)
    const next = { title, startsOn, endsOn: endsOn || null }
    if (!isEqual(next, value)) onCommit(next)
  }
  const change = (part: Partial<Works>) => works && setWorks({ ...works, ...part })

  return (
    <fieldset
      className="gw-form-wide gw-form-group"
      data-testid={`field-${name}`}
      disabled={disabled}
      // Left as a whole: moving from one of its fields to the next is no end of an entry.
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) take()
      }}
    >
      <legend>{fieldLabel(name, texts)}</legend>
      {works ? (
        <div className="gw-form-grid">
          <TextInput
            className="gw-form-wide"
            size="xs"
            label={t('form.worksTitle')}
            maxLength={120}
            value={works.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('form.worksFrom')}
            value={works.startsOn}
            onChange={(event) => change({ startsOn: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('form.worksTo')}
            value={works.endsOn ?? ''}
            onChange={(event) => change({ endsOn: event.currentTarget.value || null })}
          />
        </div>
      ) : (
        <p className="gw-hint">{empty}</p>
      )}
      {problem && (
        <p className="gw-form-problem" role="alert">
          {problem}
        </p>
      )}
      {works ? (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconX size={14} />}
          onClick={() => {
            setWorks(null)
            setProblem(undefined)
            if (value !== null) onCommit(null)
          }}
        >
          {t('form.worksRemove')}
        </Button>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setWorks({ title: '', startsOn: '', endsOn: null })}
        >
          {t('form.worksAdd')}
        </Button>
      )}
    </fieldset>
  )
}

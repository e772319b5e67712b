import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { type CalendarDay, readDays } from '../../../geodata/hazards/read-days.ts'
import { useTexts } from '../../ui/i18n.ts'

/** Takes a list of days as it stands in a notice. What cannot be read is named by its line and stays. */
export function PasteDays({ onAdd }: { onAdd(days: CalendarDay[]): void }) {
  const { t } = useTexts()
  const [text, setText] = useState('')
  const read = readDays(text, {
    holiday: t('caseSettings.nameOf.holiday'),
    workday: t('caseSettings.nameOf.workday'),
  })
  return (
    <form
      className="gw-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (read.days.length === 0) return
        onAdd(read.days)
        setText(read.unread.map((each) => each.text).join('\n'))
      }}
    >
      <Textarea
        label={t('caseSettings.paste')}
        description={t('caseSettings.pasteHint')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="paste-days"
      />
      <p className="gw-hint" aria-live="polite">
        {text.trim() !== '' && t('caseSettings.pasted', { count: read.days.length })}
        {read.unread.length > 0 &&
          ` ${t('caseSettings.unread', { lines: read.unread.map(({ line }) => line).join(t('caseSettings.comma')) })}`}
      </p>
      <Button
        type="submit"
        size="xs"
        variant="default"
        disabled={read.days.length === 0}
        data-testid="paste-add"
      >
        {t('caseSettings.add')}
      </Button>
    </form>
  )
}

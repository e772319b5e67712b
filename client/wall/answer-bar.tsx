import type { Alarm } from '../../geodata/walls/alarm.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { type Answers, SHELVE_MINUTES } from './use-answers.ts'

interface AnswerBarProps {
  alarm: Alarm | undefined
  answers: Answers
  isShelving: boolean
  onShelving(is: boolean): void
}

/** What may be done with the chosen alarm, each by its key as well. */
export function AnswerBar({ alarm, answers, isShelving, onShelving }: AnswerBarProps) {
  const { t } = useTexts()
  const { said, canUndo } = answers
  if (!alarm && !said) return null
  return (
    <fieldset className="gw-wall-answers" data-testid="wall-answers">
      {said && <output>{said}</output>}
      {canUndo && (
        <button type="button" onClick={answers.undo}>
          {t('wall.undo')} <kbd>Z</kbd>
        </button>
      )}
      {alarm && !isShelving && (
        <>
          {alarm.state === 'new' && (
            <button type="button" onClick={() => answers.acknowledge(alarm)} data-testid="wall-acknowledge">
              {t('wall.acknowledge')} <kbd>A</kbd>
            </button>
          )}
          {alarm.state !== 'new' && (
            <button type="button" onClick={() => answers.withdraw(alarm)} data-testid="wall-withdraw">
              {alarm.state === 'shelved' ? t('wall.unshelve') : t('wall.unacknowledge')} <kbd>U</kbd>
            </button>
          )}
          {alarm.state !== 'shelved' && (
            <button type="button" onClick={() => onShelving(true)} data-testid="wall-shelve">
              {t('wall.shelve')} <kbd>S</kbd>
            </button>
          )}
          {alarm.hazardId !== null && (
            <a href={`/?at=hazards/${alarm.hazardId}`} data-testid="wall-open">
              {t('wall.openHazard')}
            </a>
          )}
        </>
      )}
      {alarm && isShelving && (
        <>
          <legend>{t('wall.shelveFor')}</legend>
          {SHELVE_MINUTES.map((minutes, at) => (
            <button
              key={minutes}
              type="button"
              onClick={() => {
                answers.shelve(alarm, minutes)
                onShelving(false)
              }}
            >
              {minutes < 60
                ? t('wall.minutes', { count: minutes })
                : t('wall.hours', { count: minutes / 60 })}{' '}
              <kbd>{at + 1}</kbd>
            </button>
          ))}
        </>
      )}
    </fieldset>
  )
}

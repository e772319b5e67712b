import { useState } from 'react'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { ApiError } from '../api/request.ts'
import { useTexts } from '../ui/i18n.ts'
import { problemWords } from '../ui/problem-words.ts'
import { clock } from './format-clock.ts'
import type { Queue, QueueState, Waiting } from './queue.ts'
import { Sheet } from './sheet.tsx'

interface WaitingSheetProps {
  queue: Queue
  state: QueueState
  /** Of a stop, by its id. */
  nameOf(stopId: string): string
  onClose(): void
}

/** What the phone holds: what waits, and what was refused and why. Only what was refused can be thrown away. */
export function WaitingSheet({ queue, state, nameOf, onClose }: WaitingSheetProps) {
  const { t, lang } = useTexts()
  const [discarded, setDiscarded] = useState<Waiting>()
  const isAway = state.error instanceof ApiError && state.error.status === 0
  const titleOf = ({ entry }: Waiting): string => {
    if (entry.kind === 'position') return t('field.kind.position', { count: entry.points.length })
    if (entry.kind === 'check-in' || entry.kind === 'record')
      return t(`field.kind.${entry.kind}`, { name: nameOf(entry.stopId) })
    if (entry.kind === 'report') {
      const category = HAZARD_CATEGORIES.find(({ code }) => code === entry.hazard)
      return t('field.kind.report', { name: category?.[lang] ?? entry.hazard })
    }
    if (entry.kind === 'gpx') return t('field.kind.gpx', { name: entry.name })
    return t(`field.kind.${entry.kind}`)
  }
  return (
    <Sheet title={t('field.waitingTitle')} onClose={onClose}>
      <p className="gw-field-quiet">
        {t(state.items.length === 0 ? 'field.waitingNone' : 'field.waitingLead')}
      </p>
      {state.error && !isAway && state.items.length > 0 && (
        <p className="gw-field-fault">{problemWords(state.error).said}</p>
      )}
      <ul className="gw-field-waiting" data-testid="field-waiting">
        {state.items.map((item) => (
          <li key={item.id} data-state={item.state}>
            <span>
              {titleOf(item)}
              {item.photo && item.state !== 'photo' && ` · ${t('field.withPhoto')}`}
            </span>
            <time>{clock(item.entry.at)}</time>
            {item.state === 'photo' && <small>{t('field.photoLeft')}</small>}
            {item.problem && (
              <>
                <small className="gw-field-fault">
                  {problemWords(item.problem).said} {problemWords(item.problem).detail}
                </small>
                <div className="gw-field-actions">
                  <button type="button" className="gw-field-button" onClick={() => void queue.retry(item.id)}>
                    {t('field.again')}
                  </button>
                  <button
                    type="button"
                    className="gw-field-button"
                    data-testid="field-discard"
                    onClick={() => void queue.discard(item.id).then(() => setDiscarded(item))}
                  >
                    {t('field.discard')}
                  </button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
      {discarded && (
        <div className="gw-field-actions" role="status">
          <span>{`${t('field.discarded')}: ${titleOf(discarded)}`}</span>
          <button
            type="button"
            className="gw-field-button"
            onClick={() => void queue.restore(discarded).then(() => setDiscarded(undefined))}
          >
            {t('field.undo')}
          </button>
        </div>
      )}
      {state.items.length > 0 && (
        <button
          type="button"
          className="gw-field-check-in"
          disabled={state.isSending}
          onClick={() => void queue.send()}
        >
          {t(state.isSending ? 'field.sending' : 'field.sendNow')}
        </button>
      )}
    </Sheet>
  )
}

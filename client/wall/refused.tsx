import { type FormEvent, useState } from 'react'
import { becomeKiosk } from '../api/access.ts'
import { ApiError } from '../api/request.ts'
import { useTexts } from '../ui/i18n.ts'
import { toError } from '../ui/problem-words.ts'
import { formatClockSeconds } from './format.ts'

interface RefusedProps {
  /** It showed something before. */
  wasAdmitted: boolean
  /** The server's time at which it ended, where that is known. */
  sinceMs: number | undefined
  onAdmitted(): void
}

/** In the place of all data: why there is none, and how to put it right. Nobody is asked to sign in. */
export function Refused({ wasAdmitted, sinceMs, onAdmitted }: RefusedProps) {
  const { t } = useTexts()
  const [token, setToken] = useState('')
  const [error, setError] = useState<Error>()
  async function enter(event: FormEvent) {
    event.preventDefault()
    if (!token.trim()) return
    try {
      await becomeKiosk(token.trim())
      onAdmitted()
    } catch (thrown) {
      setError(toError(thrown))
    }
  }
  const isWrong = error instanceof ApiError && error.status === 401
  return (
    <main className="gw-wall-refused" data-testid="wall-refused" role="alert">
      <h1>{wasAdmitted ? t('wall.refused.title') : t('wall.refused.never')}</h1>
      {sinceMs !== undefined && wasAdmitted && (
        <p>{t('wall.refused.since', { time: formatClockSeconds(sinceMs) })}</p>
      )}
      <p>{t('wall.refused.why')}</p>
      <p>{t('wall.refused.how')}</p>
      <form onSubmit={(event) => void enter(event)}>
        <label>
          {t('wall.refused.token')}
          <input
            value={token}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setToken(event.currentTarget.value)}
            data-testid="wall-token"
          />
        </label>
        <button type="submit">{t('wall.refused.enter')}</button>
        <a href="/">{t('wall.refused.dashboard')}</a>
      </form>
      {error && <p className="gw-wall-wrong">{isWrong ? t('wall.refused.wrong') : error.message}</p>}
      <p className="gw-wall-quiet">{t('wall.refused.retry')}</p>
    </main>
  )
}

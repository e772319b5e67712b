import i18next from 'i18next'
import { ApiError } from '../api/request.ts'

export interface ProblemWords {
  /** One sentence in the language in use: what is wrong and what to do. */
  said: string
  /** The server's own words, English: what was found and expected. */
  detail: string | undefined
}

/** A problem that came inside an answer. */
export interface ReportedProblem {
  code: string
  detail: string
}

/**
 * What went wrong, in words. A stable code of the server (geodata/shared/problem.ts) has its sentence under `problem`;
 * an error of the page is already in words.
 */
export function problemWords(error: Error | ReportedProblem): ProblemWords {
  if (error instanceof ApiError)
    return error.status === 0
      ? { said: i18next.t('error.offline'), detail: undefined }
      : wordsOf(error.code, error.message)
  return error instanceof Error
    ? { said: error.message, detail: undefined }
    : wordsOf(error.code, error.detail)
}

function wordsOf(code: string, detail: string): ProblemWords {
  const known = i18next.exists(`problem.${code}`)
  return { said: i18next.t(`problem.${known ? code : 'http'}`), detail }
}

/** What was thrown, whatever it is. */
export const toError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown))

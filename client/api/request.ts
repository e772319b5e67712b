import { renewed } from './renewal.ts'

/** A failed answer. `message` is the problem document's `detail`, fit to be shown. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly issues: { at: string; message: string }[]
  /** What has to be done first, by name; a page can say it in its own words. */
  readonly missing: string[]

  constructor(
    status: number,
    code: string,
    detail: string,
    issues: { at: string; message: string }[] = [],
    missing: string[] = [],
  ) {
    super(detail)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.issues = issues
    this.missing = missing
  }
}

/**
 * Fetches JSON from this origin. Throws ApiError; status 0 means that the server did not answer. A request that is
 * refused because the session has ended waits until someone has signed in again, then is sent once more.
 */
export async function requestJson<T>(path: string, init?: RequestInit): Promise<T> {
  try {
    return await requestOnce<T>(path, init)
  } catch (error) {
    const ended = error instanceof ApiError && error.status === 401 && error.code === 'not-signed-in'
    if (ended && (await renewed())) return requestOnce<T>(path, init)
    throw error
  }
}

async function requestOnce<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json, application/problem+json' },
      ...init,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 'unreachable', 'unreachable')
  }
  const body = await response.json().catch(() => undefined)
  if (!response.ok) {
    throw new ApiError(
      response.status,
      body?.code ?? 'http',
      body?.detail ?? `${response.status} ${response.statusText}`,
      body?.issues,
      body?.missing,
    )
  }
  return body as T
}

/** A path with its query; undefined values are left out. */
export function withQuery(
  path: string,
  query: Record<string, string | number | boolean | undefined>,
): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value))
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

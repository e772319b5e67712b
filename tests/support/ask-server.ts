const cookies = new Map<string, Promise<string>>()

/** `fetch` from a running server in demo mode, signed in as its administrator. */
export async function askServer(address: string | URL, init: RequestInit = {}): Promise<Response> {
  const { origin } = new URL(address)
  const cookie = cookies.get(origin) ?? signIn(origin)
  cookies.set(origin, cookie)
  const headers = new Headers(init.headers)
  headers.set('cookie', await cookie)
  headers.set('origin', origin)
  return fetch(address, { ...init, headers })
}

async function signIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'administrator' }),
  })
  if (!answer.ok) throw new Error(`Nobody could sign in: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

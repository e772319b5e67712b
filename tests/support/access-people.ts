import { any, body, type Entry, get } from './access-entry.ts'

/** Sessions, people, tokens and the audit trail. */
export const PEOPLE_ROUTES: Record<string, Entry> = {
  'GET /api/v1/session': any('public', () => get('/api/v1/session')),
  'POST /api/v1/session': any(
    'public',
    ({ name }) => body('POST', '/api/v1/session', { username: `nobody-${name}`, password: 'not a password' }),
    { allowed: [401, 429] },
  ),
  'DELETE /api/v1/session': any('public', () => ({ method: 'DELETE', path: '/api/v1/session' }), {
    endsSession: true,
  }),
  'POST /api/v1/session/demo': any('public', () => body('POST', '/api/v1/session/demo', { role: 'viewer' }), {
    allowed: [404],
  }),
  'POST /api/v1/session/kiosk': any(
    'public',
    () => body('POST', '/api/v1/session/kiosk', { token: 'gw_none' }),
    { allowed: [401, 429] },
  ),
  'GET /api/v1/session/oidc': any('public', () => get('/api/v1/session/oidc'), { allowed: [404] }),
  'GET /api/v1/session/oidc/callback': any('public', () => get('/api/v1/session/oidc/callback'), {
    allowed: [302, 400, 404],
  }),
  'PUT /api/v1/session/password': any(
    'self',
    () => body('PUT', '/api/v1/session/password', { current: 'not the password', next: 'and another one' }),
    { allowed: [401, 429] },
  ),
  'POST /api/v1/set-up': any(
    'public',
    () =>
      body('POST', '/api/v1/set-up', {
        secret: 'guessed',
        username: 'intruder',
        name: 'x',
        password: 'let me in please',
      }),
    { allowed: [401, 403, 404, 409, 429] },
  ),
  'GET /api/v1/sessions': any('self', () => get('/api/v1/sessions')),
  'DELETE /api/v1/sessions/{id}': any(
    'self',
    () => ({ method: 'DELETE', path: '/api/v1/sessions/999999999' }),
    {
      allowed: [404],
    },
  ),
  'GET /api/v1/people': any('people', () => get('/api/v1/people')),
  'POST /api/v1/people': any('people', ({ unique }) =>
    body('POST', '/api/v1/people', { username: `p-${unique()}`, name: '新人', role: 'viewer' }),
  ),
  'GET /api/v1/people/{id}': any('people', ({ personId }) => get(`/api/v1/people/${personId}`)),
  'PATCH /api/v1/people/{id}': any('people', async ({ personId, etagOf }) => ({
    ...body('PATCH', `/api/v1/people/${personId}`, { name: '改名' }),
    headers: { 'if-match': await etagOf(`/api/v1/people/${personId}`) },
  })),
  'POST /api/v1/people/{id}/password-reset': any('people', ({ personId }) => ({
    method: 'POST',
    path: `/api/v1/people/${personId}/password-reset`,
  })),
  'GET /api/v1/tokens': any('self', () => get('/api/v1/tokens')),
  'POST /api/v1/tokens': any('self', () =>
    body('POST', '/api/v1/tokens', { name: '脚本', everywhere: true }),
  ),
  'DELETE /api/v1/tokens/{id}': any('self', () => ({ method: 'DELETE', path: '/api/v1/tokens/999999999' }), {
    allowed: [404],
  }),
  'GET /api/v1/audit': {
    permission: 'audit',
    concern: 'everywhere',
    ask: () => get('/api/v1/audit?limit=5'),
  },
  'GET /api/v1/audit.csv': {
    permission: 'audit',
    concern: 'everywhere',
    ask: () => get('/api/v1/audit.csv?kind=sign-out'),
  },
}

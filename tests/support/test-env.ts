import { type Env, readEnv } from '../../server/platform/env.ts'

/** The environment of a test: defaults, never the developer's own variables. A test asks more quickly than people do. */
export const testEnv = (given: Partial<Env>): Env => ({
  ...readEnv({ GRIDWARD_REQUESTS_PER_SECOND: '0', GRIDWARD_LOG: 'error' }),
  port: 0,
  ...given,
})

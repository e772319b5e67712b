import { type Env, readEnv } from '../../server/platform/env.ts'

/** The environment of a test: defaults, never the developer's own variables. */
export const testEnv = (given: Partial<Env>): Env => ({ ...readEnv({}), port: 0, ...given })

import { inject } from 'vitest'

/** The server with the demo area that this worker has to itself. */
export const demoUrl = (): string => inject('demoUrls')[Number(process.env.VITEST_POOL_ID) - 1]!

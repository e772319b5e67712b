import { config } from 'zod'

// The policy of the page lets no text become code: schemas need not even try.
config({ jitless: true })

import pino, { type DestinationStream, type Logger } from 'pino'

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export type Log = Logger

/** Names under which something secret could come to be logged. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'password',
  'current',
  'next',
  'token',
  'secret',
  'secretHash',
  'databaseUrl',
]

/**
 * The server's log: one JSON object a line on standard error, or a line for people when that is a terminal. Headers and
 * bodies are never logged; should one come in by mistake, what is secret in it is left out.
 */
export function createLog(level: LogLevel, out: DestinationStream = defaultOut()): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: {
        paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '…',
      },
    },
    out,
  )
}

const defaultOut = (): DestinationStream =>
  process.stderr.isTTY
    ? { write: (line: string) => void process.stderr.write(forPeople(line)) }
    : pino.destination({ dest: 2, sync: true })

/** Tokens, set-up links and addresses with a password, wherever in a text they stand. */
export const hideSecrets = (text: string): string =>
  text
    .replaceAll(/\bgw_[\w-]+/g, 'gw_…')
    .replaceAll(/([?&][^=&#\s]*(?:token|secret|password|set-up|signature)[^=&#\s]*=)[^&#\s]*/gi, '$1…')
    .replaceAll(/(\/\/)[^/@\s]+@/g, '$1…@')

/** The values of a statement are not among what is kept of an error: postgres.js does not list them. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: hideSecrets(String(error)) }
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: hideSecrets(error.message),
    ...(code === undefined ? {} : { code }),
    stack: hideSecrets(error.stack ?? '').slice(0, 4000),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

/** `07:41:02 warn GET /api/v1/buildings 503 12 ms local …`; escapes stay escaped, so a path cannot forge a line. */
function forPeople(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown> & {
    err?: { stack?: string; message?: string }
  }
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `${[String(time).slice(11, 19), level, msg, ...fields].join(' ')}\n${err ? `${err.stack ?? err.message}\n` : ''}`
}

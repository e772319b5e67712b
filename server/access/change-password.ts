import type { Context } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { actorOf } from './actor.ts'
import type { AppEnv } from './app-env.ts'
import type { Access } from './open-access.ts'
import { keepPassword } from './person.store.ts'
import { refuseWeak, weak } from './refuse-weak.ts'
import { isRefusal, libraryHeaders, setSessionCookie } from './sign-in.ts'

/**
 * Changes the password of whoever asks and ends all their sessions but a new one, whose token it gives. Throws
 * wrong-credentials for the present password, invalid-body for one that is too weak or the same, too-many-requests.
 */
export async function changePassword(
  access: Access,
  context: Context<AppEnv>,
  { current, next }: { current: string; next: string },
): Promise<string> {
  const { sql } = access.database
  const { name, personId } = context.var.identity
  const address = context.var.clientAddress ?? 'unknown'
  refuseWeak(next, name, '/next')
  if (next === current) throw weak('is the one that you have', '/next')
  await access.attempts.begin(address, name)
  const library = await access.library()
  const token = await library.api
    .changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: libraryHeaders(context),
    })
    .then((answer) => answer.token)
    .catch((error: unknown) => {
      if (isRefusal(error)) return undefined
      throw error
    })
  if (!token) {
    await recordAudit(sql, actorOf(context), { kind: 'sign-in-refused', detail: { how: 'password-change' } })
    throw new Problem('wrong-credentials', 'The present password is not right. Nothing was changed.', {
      issues: [{ at: '/current', message: 'is not right' }],
    })
  }
  await access.attempts.succeed(address, name)
  await keepPassword(sql, actorOf(context), personId!)
  access.forget()
  await setSessionCookie(access, context, token)
  return token
}

import type { Context } from 'hono'
import { passwordFault } from '../../geodata/access/credentials.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { actorOf } from './actor.ts'
import type { AppEnv } from './app-env.ts'
import type { Access } from './open-access.ts'
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
  const { name, personId } = context.var.identity
  const address = context.var.clientAddress ?? 'unknown'
  const fault = next === current ? 'is the one that you have' : passwordFault(next, name)
  if (fault)
    throw new Problem('invalid-body', `The new password ${fault}. Choose another.`, {
      issues: [{ at: '/next', message: fault }],
    })
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
  if (!token)
    throw new Problem('wrong-credentials', 'The present password is not right. Nothing was changed.', {
      issues: [{ at: '/current', message: 'is not right' }],
    })
  await access.attempts.succeed(address, name)
  await access.database.sql`
    UPDATE person SET must_change_password = false, version = version + 1, updated_at = now() WHERE id = ${personId!}`
  await recordAudit(access.database.sql, actorOf(context), {
    kind: 'person',
    detail: { username: name, what: 'password-changed' },
  })
  access.forget()
  await setSessionCookie(access, context, token)
  return token
}

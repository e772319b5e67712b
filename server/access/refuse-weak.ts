import { passwordFault } from '../../geodata/access/credentials.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'

/** Throws invalid-body for what the schema of a password cannot see: that it is the user name. */
export function refuseWeak(password: string, username: string): void {
  const fault = passwordFault(password, username)
  if (!fault) return
  throw new Problem('invalid-body', `The password ${fault}. Choose another.`, {
    issues: [{ at: '/password', message: fault }],
  })
}

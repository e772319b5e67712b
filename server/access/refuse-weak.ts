import { passwordFault } from '../../geodata/access/credentials.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'

/** Throws invalid-body for what the schema of a password cannot see: that it is the user name. `at`: where it stands. */
export function refuseWeak(password: string, username: string, at = '/password'): void {
  const fault = passwordFault(password, username)
  if (fault) throw weak(fault, at)
}

export const weak = (fault: string, at: string): Problem =>
  new Problem('invalid-body', `The new password ${fault}. Choose another.`, {
    issues: [{ at, message: fault }],
  })

import { expect, test } from 'vitest'
import type { Permission } from '../../../geodata/access/permissions.ts'
import { ROLES } from '../../../geodata/access/roles.ts'
import { listsOf } from './work-lists.ts'

const idsOf = (role: keyof typeof ROLES) =>
  listsOf((permission) => (ROLES[role].permissions as readonly Permission[]).includes(permission)).map(
    ({ id }) => id,
  )

test('nobody is given a list of work that is not theirs to do', () => {
  expect(idsOf('department')).toEqual(['overdue', 'soon', 'mine', 'suspended'])
  expect(idsOf('officer')).toEqual(['overdue', 'soon', 'verify', 'check', 'suspended'])
  expect(idsOf('viewer')).toEqual(['overdue', 'soon', 'suspended'])
})

test('whoever deals cases out belongs to no department, whose list would always be empty', () => {
  expect(idsOf('coordinator')).not.toContain('mine')
  expect(idsOf('supervisor')).toContain('asked')
  expect(idsOf('coordinator')).not.toContain('asked')
  expect(idsOf('coordinator')).toContain('unowned')
  expect(idsOf('department')).not.toContain('unowned')
})

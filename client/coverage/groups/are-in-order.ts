import type { GroupsParams } from '../../../geodata/duties/groups.schema.ts'

/** Whether the sizes of groups can be kept: least ≤ wanted ≤ most. */
export const areInOrder = ({ least = 0, wanted = 0, most = 0 }: Partial<GroupsParams>): boolean =>
  least <= wanted && wanted <= most

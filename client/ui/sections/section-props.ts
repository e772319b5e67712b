import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import type { Session } from '../../../geodata/access/session.schema.ts'

export interface SectionProps {
  session: Session
  /** The cell that was last selected on the map. */
  cell: AreaCell | undefined
  /** Shows something on the map. */
  onSelect(at: string): void
}

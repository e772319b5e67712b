import type { DueSite } from '../../../geodata/patrols/due.schema.ts'
import { shareLeft } from './plan-symbols.ts'

const RADIUS = 6
const AROUND = 2 * Math.PI * RADIUS

/** The ring of a site as on the map: it empties as the limit nears. */
export function Ring({ site, at }: { site: DueSite; at: string }) {
  const isFull = site.state === 'overdue'
  const isNew = site.state === 'never'
  const share = isNew ? 1 : shareLeft(site, at)
  return (
    <svg className="gw-ring" data-state={site.state} viewBox="-9 -9 18 18" aria-hidden="true">
      {isFull ? (
        <>
          <circle r="8" className="gw-ring-disc" />
          <text y="4" textAnchor="middle">
            !
          </text>
        </>
      ) : (
        <>
          <circle r="8" className="gw-ring-edge" />
          <circle
            r={RADIUS}
            className="gw-ring-left"
            strokeDasharray={`${AROUND * share} ${AROUND}`}
            transform="rotate(-90)"
          />
          {isNew && (
            <text className="gw-ring-mark" y="3.4" textAnchor="middle">
              ?
            </text>
          )}
        </>
      )}
    </svg>
  )
}

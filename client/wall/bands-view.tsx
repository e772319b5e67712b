import type { Band } from './bands.ts'

/** Across the whole wall, as long as it holds: what is wrong, and since when. */
export function Bands({ bands }: { bands: readonly Band[] }) {
  return bands.map(({ id, said, more }) => (
    <div key={id} className="gw-wall-band" role="alert" data-testid={`wall-band-${id}`}>
      <span className="gw-wall-band-said">{said}</span>
      <span>{more}</span>
    </div>
  ))
}

/** What people should know without anything being stale. */
export function Notices({ notices }: { notices: readonly string[] }) {
  if (notices.length === 0) return null
  return (
    <div className="gw-wall-notices" role="status" data-testid="wall-notices">
      {notices.map((notice) => (
        <span key={notice}>{notice}</span>
      ))}
    </div>
  )
}

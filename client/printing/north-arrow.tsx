/** Points to the north of the map whose top points `bearing` degrees clockwise of it. */
export function NorthArrow({ bearing, label }: { bearing: number; label: string }) {
  return (
    <svg
      className="gw-sheet-north"
      width="40"
      height="52"
      viewBox="-20 -30 40 52"
      role="img"
      aria-label={label}
    >
      <g transform={`rotate(${-bearing})`}>
        <path d="M0-16 8 14 0 8Z" fill="currentColor" stroke="currentColor" />
        <path d="M0-16-8 14 0 8Z" fill="none" stroke="currentColor" strokeLinejoin="round" />
        <text y="-19" textAnchor="middle" fill="currentColor">
          {label}
        </text>
      </g>
    </svg>
  )
}

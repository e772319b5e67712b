interface ShareBarProps {
  done: number
  all: number
  label: string
}

/** How far something got; the words beside it say the same. */
export function ShareBar({ done, all, label }: ShareBarProps) {
  return (
    <span className="gw-share-bar" role="img" aria-label={label}>
      <i style={{ width: `${all === 0 ? 0 : (100 * done) / all}%` }} />
    </span>
  )
}

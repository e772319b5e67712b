interface SparkProps {
  /** Shares from 0 to 1, the oldest first; null: unknown, where the line has a gap. */
  values: readonly (number | null)[]
  target: number | null
  width?: number
  height?: number
}

const AIR = 3

/** A thin line of shares with its last point and, dashed, the target. What it says stands beside it in words. */
export function Spark({ values, target, width = 96, height = 28 }: SparkProps) {
  const known = values.filter((value) => value !== null)
  const size = { width: `${width / 16}rem`, height: `${height / 16}rem` }
  if (known.length === 0) return <svg className="gw-spark" {...size} aria-hidden="true" />
  const all = target === null ? known : [...known, target]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  // Shares that hardly change must not look like mountains.
  const span = Math.max(most - least, 0.1)
  const middle = (least + most) / 2
  const x = (at: number) => AIR + (at / Math.max(1, values.length - 1)) * (width - 2 * AIR)
  const y = (value: number) => height / 2 - ((value - middle) / span) * (height - 2 * AIR)
  const line = values
    .map((value, at) =>
      value === null
        ? ''
        : `${(values[at - 1] ?? null) === null ? 'M' : 'L'}${x(at).toFixed(1)},${y(value).toFixed(1)}`,
    )
    .join('')
  const last = values.findLastIndex((value) => value !== null)
  return (
    <svg className="gw-spark" {...size} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {target !== null && <line x1={AIR} x2={width - AIR} y1={y(target)} y2={y(target)} />}
      <path d={line} />
      <circle cx={x(last)} cy={y(values[last]!)} r="2.2" />
    </svg>
  )
}

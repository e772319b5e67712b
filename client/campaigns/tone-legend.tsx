import type { Tone } from './draw-states.ts'

/** What the colours of places on the map mean. */
export function ToneLegend({ label, tones }: { label: string; tones: readonly (readonly [Tone, string])[] }) {
  return (
    <ul className="gw-tone-legend" aria-label={label}>
      {tones.map(([tone, name]) => (
        <li key={tone} data-tone-of={tone}>
          <i aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  )
}

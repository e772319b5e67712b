/** An alarm that never pauses is switched off by whoever sits beside it. */
const PAUSE_MS = 15_000
const TONES_HERTZ = [880, 660]
const TONE_SECONDS = 0.22
const LOUDNESS = 0.25

export interface Sound {
  /** Sounds unless it did so a moment ago. */
  ring(runningMs: number): void
  /** Browsers let a page sound only after somebody touched it: whether this one may. */
  isAllowed(): boolean
  /** To be called while a key or button is pressed. */
  allow(): Promise<void>
  onChange(listener: () => void): () => void
  close(): void
}

export function createSound(): Sound {
  const context = new AudioContext()
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    ring(runningMs) {
      if (context.state !== 'running' || runningMs - lastMs < PAUSE_MS) return
      lastMs = runningMs
      TONES_HERTZ.forEach((hertz, at) => {
        const from = context.currentTime + at * TONE_SECONDS
        const [tone, volume] = [context.createOscillator(), context.createGain()]
        tone.frequency.value = hertz
        volume.gain.setValueAtTime(0, from)
        volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02)
        volume.gain.linearRampToValueAtTime(0, from + TONE_SECONDS)
        tone.connect(volume).connect(context.destination)
        tone.start(from)
        tone.stop(from + TONE_SECONDS)
      })
    },
    isAllowed: () => context.state === 'running',
    allow: () => context.resume(),
    onChange(listener) {
      context.addEventListener('statechange', listener)
      return () => context.removeEventListener('statechange', listener)
    },
    close: () => void context.close(),
  }
}

const SECRET = 'gridward.set-up'
const STEP = 'gridward.guide'

/**
 * What a set-up link carries: taken out of the address, which people copy and browsers remember, and kept for a reload
 * of this tab until it is used.
 */
export const setUpSecret = readSecret()

function readSecret(): string | undefined {
  const address = new URL(location.href)
  const linked = address.searchParams.get('set-up')
  if (linked) {
    sessionStorage.setItem(SECRET, linked)
    address.searchParams.delete('set-up')
    history.replaceState(history.state, '', address)
  }
  return sessionStorage.getItem(SECRET) ?? undefined
}

export const forgetSecret = (): void => sessionStorage.removeItem(SECRET)

const STEPS = ['administrator', 'area', 'data', 'people'] as const
export type GuideStep = (typeof STEPS)[number]

/** The step that a reload of the page goes on with; of this tab alone. */
export function readGuideStep(): GuideStep | undefined {
  const kept = sessionStorage.getItem(STEP)
  return STEPS.find((step) => step === kept)
}

export function keepGuideStep(step: GuideStep | undefined): void {
  if (step) sessionStorage.setItem(STEP, step)
  else sessionStorage.removeItem(STEP)
}

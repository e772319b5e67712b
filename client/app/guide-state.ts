const SECRET = 'gridward.set-up'
const STEP = 'gridward.guide'

/**
 * What a set-up link carries: read before the address becomes the view's, which has no place for it, and kept for a
 * reload of this tab until it is used.
 */
export const setUpSecret = readSecret()

function readSecret(): string | undefined {
  const linked = new URLSearchParams(location.search).get('set-up')
  if (linked) sessionStorage.setItem(SECRET, linked)
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

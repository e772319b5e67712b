import type { FeatureTexts } from '../ui/i18n.ts'

import { en } from './en.ts'
import { zh } from './zh.ts'

/** Departments, whistles and the hotline. */
export const texts = { zh, en } as const satisfies FeatureTexts

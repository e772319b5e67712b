import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { useTexts } from './i18n.ts'

export interface Fact {
  label: string
  value: string
  /** Label and value as a narrow row says them, where `label value` is not it. */
  brief?: string
  /** Said in words as well; colour only for what is abnormal. */
  tone?: 'critical' | 'due' | 'done'
}

/** A feature's facts in reading order; what is unknown is left out rather than shown as zero. */
export type Facts = (feature: StoredFeature, texts: ReturnType<typeof useTexts>, now: Date) => Fact[]

export const fact = (label: string, value: unknown, show: (value: never) => string = String): Fact[] =>
  value === null || value === undefined || value === '' ? [] : [{ label, value: show(value as never) }]

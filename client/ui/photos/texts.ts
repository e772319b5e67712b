import type { FeatureTexts } from '../i18n.ts'

/** Choosing photos to be sent. */
export const texts = {
  zh: { photos: { choose: '选择照片', take: '拍照', discard: '移除 {{name}}' } },
  en: { photos: { choose: 'Choose photos', take: 'Take a photo', discard: 'Remove {{name}}' } },
} as const satisfies FeatureTexts

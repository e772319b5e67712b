import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { en } from './en.ts'
import { zh } from './zh.ts'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

export function setLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  if (i18next.language !== language) void i18next.changeLanguage(language)
}

/** `t` for texts, `lang` for catalogues that carry both names, `enums` for the label of an enum's value. */
export function useTexts() {
  const { t, i18n } = useTranslation()
  const lang = i18n.language as Language
  const enums = (group: keyof typeof zh.enums, value: unknown): string =>
    value === null || value === undefined ? t('facts.unknown') : t(`enums.${group}.${String(value)}`)
  return { t, lang, enums }
}

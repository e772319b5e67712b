import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { zh } from './zh.ts'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Texts of one feature in both languages; its keys stand under a group of its own, e.g. `notes.add`. */
export interface FeatureTexts {
  zh: Record<string, unknown>
  en: Record<string, unknown>
}

const NAMESPACE = 'translation'

/** Only the language in use is loaded. */
async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, LOADED)) return
  const texts = language === 'zh' ? (await import('./zh.ts')).zh : (await import('./en.ts')).en
  i18next.addResourceBundle(language, NAMESPACE, texts, true, true)
  i18next.addResourceBundle(language, LOADED, {})
}
const LOADED = 'loaded'

export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    // Texts of features come with their code, after the start.
    react: { bindI18nStore: 'added' },
  })
  await load(language)
}

/** Called by a feature's code as it is loaded, so that the first screen does not wait for its texts. */
export function addTexts(texts: FeatureTexts): void {
  for (const language of LANGUAGES)
    i18next.addResourceBundle(language, NAMESPACE, texts[language], true, true)
}

export async function setLanguage(language: Language): Promise<void> {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  if (i18next.language === language) return
  await load(language)
  await i18next.changeLanguage(language)
}

/** `t` for texts, `lang` for catalogues that carry both names, `enums` for the label of an enum's value. */
export function useTexts() {
  const { t, i18n } = useTranslation()
  const lang = i18n.language as Language
  const enums = (group: keyof typeof zh.enums, value: unknown): string =>
    value === null || value === undefined ? t('facts.unknown') : t(`enums.${group}.${String(value)}`)
  return { t, lang, enums }
}

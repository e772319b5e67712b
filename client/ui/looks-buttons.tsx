import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { LANGUAGES, type Language, useTexts } from './i18n.ts'
import type { Scheme } from './tokens.ts'

export interface Looks {
  lang: Language
  scheme: Scheme
  setLanguage(lang: Language): void
  setTheme(scheme: Scheme): void
}

/** Each called by itself, so that whoever cannot read the page finds the way out. */
const NAMES: Record<Language, string> = { zh: '中', en: 'EN' }

/** Language and theme, at the end of every page's top edge. */
export function LooksButtons({ lang, scheme, setLanguage, setTheme }: Looks) {
  const { t } = useTexts()
  const dark = scheme === 'dark'
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('top.language')}
        value={lang}
        onChange={setLanguage}
        data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('top.theme')}
        data-testid="theme"
        onClick={() => setTheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </>
  )
}

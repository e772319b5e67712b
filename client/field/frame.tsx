import { IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../ui/i18n.ts'
import type { Looks } from '../ui/looks-buttons.tsx'

interface FrameProps {
  looks: Looks
  /** Beside language and theme. */
  aside?: ReactNode
  children?: ReactNode
}

export function Frame({ looks, aside, children }: FrameProps) {
  const { t } = useTexts()
  const isChinese = looks.lang === 'zh'
  const isDark = looks.scheme === 'dark'
  return (
    <div className="gw-field-page">
      <header className="gw-field-head">
        <img src="/gridward.svg" alt="" width="28" height="28" />
        <h1>{t('field.title')}</h1>
        <button
          type="button"
          className="gw-field-icon"
          aria-label={t('top.language')}
          data-testid="field-language"
          onClick={() => looks.setLanguage(isChinese ? 'en' : 'zh')}
        >
          {isChinese ? 'EN' : '中'}
        </button>
        <button
          type="button"
          className="gw-field-icon"
          aria-label={t('top.theme')}
          data-testid="theme"
          onClick={() => looks.setTheme(isDark ? 'light' : 'dark')}
        >
          {isDark ? <IconSun size={20} /> : <IconMoon size={20} />}
        </button>
        {aside}
      </header>
      <main className="gw-field-main">{children}</main>
    </div>
  )
}

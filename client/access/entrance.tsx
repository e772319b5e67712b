import './access.css'
import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Language } from '../ui/i18n.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'
import { Backdrop } from './backdrop.tsx'

export interface EntranceLooks {
  lang: Language
  scheme: Scheme
  setLanguage(lang: Language): void
  setTheme(scheme: Scheme): void
}

interface EntranceProps extends EntranceLooks {
  title: string
  lead?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** The frame of the pages before the map: a card over a drawn town, with language and theme at hand. */
export function Entrance({ title, lead, wide, children, ...looks }: EntranceProps) {
  const { t } = useTexts()
  const { lang, scheme, setLanguage, setTheme } = looks
  const dark = scheme === 'dark'
  return (
    <div className="gw-entrance">
      <Backdrop />
      <header className="gw-entrance-head">
        <span className="gw-entrance-brand">
          <img src="/gridward.svg" alt="" width="28" height="28" />
          Gridward
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t('top.language')}
          value={lang}
          onChange={(next) => setLanguage(next === 'en' ? 'en' : 'zh')}
          data={[
            { value: 'zh', label: '中' },
            { value: 'en', label: 'EN' },
          ]}
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
      </header>
      <main className="gw-entrance-main">
        <div className="gw-entrance-card" data-wide={wide || undefined}>
          <h1>{title}</h1>
          {lead && <div className="gw-entrance-lead">{lead}</div>}
          {children}
        </div>
      </main>
    </div>
  )
}

import { useEffect, useState } from 'react'
import { preferredLanguage, preferredScheme } from '../app/preferences.ts'
import { setLanguage } from '../ui/i18n.ts'
import type { Looks } from '../ui/looks-buttons.tsx'
import type { Scheme } from '../ui/tokens.ts'

const KEY = 'gridward-field-looks'

interface Kept {
  lang?: string
  theme?: string
}

function readKept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}
  } catch {
    return {}
  }
}

const readScheme = (value: unknown): Scheme | undefined =>
  value === 'dark' || value === 'light' ? value : undefined

/** Language and theme: of the link, else as chosen on this phone before, else the phone's. */
export function firstLooks(): Pick<Looks, 'lang' | 'scheme'> {
  const link = new URLSearchParams(location.search)
  const kept = readKept()
  return {
    lang: preferredLanguage(link.get('lang') ?? kept.lang),
    scheme: preferredScheme(readScheme(link.get('theme') ?? kept.theme)),
  }
}

export function useLooks(): Looks {
  const [{ lang, scheme }, change] = useState(firstLooks)
  useEffect(() => {
    void setLanguage(lang)
    try {
      localStorage.setItem(KEY, JSON.stringify({ lang, theme: scheme } satisfies Kept))
    } catch {
      // Not kept for next time.
    }
  }, [lang, scheme])
  return {
    lang,
    scheme,
    setLanguage: (next) => change((now) => ({ ...now, lang: next })),
    setTheme: (next) => change((now) => ({ ...now, scheme: next })),
  }
}

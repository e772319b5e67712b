import i18next from 'i18next'
import { toastDone, toastFailed } from './toast.tsx'

/** Puts a text on the clipboard and says which; says so, with the text, where the browser refuses. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toastDone(i18next.t('tool.copied', { text }))
  } catch {
    toastFailed(new Error(i18next.t('tool.notCopied', { text })))
  }
}

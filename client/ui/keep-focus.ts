const PARTS = 'section, article, li, form, [data-keeps-focus]'
const FIELDS = 'textarea, select, input:not([type=file], [type=hidden], :disabled)'

/**
 * A ref for a part of the page in which buttons vanish by what they do: the focus then goes to the first field of the form that came
 * for it, else to the nearest part that is left around it, not back to the beginning of the page.
 */
export function keepFocus(root: HTMLElement | null): (() => void) | undefined {
  if (!root) return undefined
  /** What had the focus last, and the parts around it, the nearest first. */
  let last: HTMLElement[] = []
  const note = ({ target }: FocusEvent) => {
    last = []
    for (let at = target; at instanceof HTMLElement && root.contains(at); at = at.parentElement)
      if (at === target || at === root || at.matches(PARTS)) last.push(at)
  }
  // Whoever presses beside it has left it.
  const forget = ({ target }: PointerEvent) => {
    if (!(target instanceof Node && last[0]?.contains(target))) last = []
  }
  const observer = new MutationObserver((records) => {
    if (last.length === 0 || !document.hasFocus() || document.activeElement !== document.body) return
    const came = records.flatMap(({ addedNodes }) =>
      [...addedNodes].flatMap((node) =>
        node instanceof HTMLElement ? (node.closest('form') ?? node.querySelector('form') ?? []) : [],
      ),
    )[0]
    const left = last.find(({ isConnected }) => isConnected)
    const next =
      came?.querySelector<HTMLElement>(FIELDS) ??
      (left === root ? (root.querySelector<HTMLElement>('h3') ?? root) : left)
    if (!next || next.matches(':disabled')) return
    if (next.tabIndex < 0) next.tabIndex = -1
    next.focus({ preventScroll: next !== last[0] && !came })
  })
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  document.addEventListener('focusin', note)
  document.addEventListener('pointerdown', forget, true)
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', note)
    document.removeEventListener('pointerdown', forget, true)
  }
}

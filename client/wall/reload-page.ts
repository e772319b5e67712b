/** Loads the page anew, but only if the server gives it: a browser's own error page would stay for ever. */
export async function reloadPage(): Promise<void> {
  const answer = await fetch(location.pathname, { cache: 'no-store' }).catch(() => undefined)
  if (answer?.ok) location.reload()
}

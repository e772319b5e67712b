/** Lets the page open without network from the second time on. Browsers allow it to secure pages alone. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // A phone that refuses works all the same, with network.
  navigator.serviceWorker.register('/field-worker.js', { scope: '/field' }).catch(() => {})
}

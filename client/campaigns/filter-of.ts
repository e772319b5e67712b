/** What leaves a list as it is now, as a campaign keeps it: of the address of the list's download. */
export function filterOf(exportUrl: string): string {
  const parameters = new URL(exportUrl, 'http://localhost').searchParams
  parameters.delete('format')
  return parameters.toString()
}

import type { Case } from '../../geodata/hazards/case.schema.ts'
import { actOnCase } from './cases.ts'
import { uploadPhoto } from './notes.ts'

/**
 * Sends photos of a hazard one after the other and answers their ids; `onSent` hears of each, so that a later try does
 * not send it again. Throws ApiError with the first that is refused.
 */
export async function sendCasePhotos(
  hazardId: number,
  files: readonly File[],
  onSent: (id: string, file: File) => void = () => {},
): Promise<string[]> {
  const ids: string[] = []
  for (const file of files) {
    const subject = { layer: 'hazards', feature: hazardId } as const
    const photo = await uploadPhoto(
      { subject, note: undefined, file },
      () => {},
      new AbortController().signal,
    )
    ids.push(photo.id)
    onSent(photo.id, file)
  }
  return ids
}

/** Sends the photos of a report and puts them into the history of its case, where whoever reports may. `onSent`: as above. */
export async function addReportPhotos(
  filed: Case,
  files: readonly File[],
  onSent?: (id: string, file: File) => void,
): Promise<void> {
  if (files.length === 0) return
  const photos = await sendCasePhotos(filed.id, files, onSent)
  if (filed.allowed.some(({ action }) => action === 'note'))
    await actOnCase(filed.id, filed.version, { action: 'note', photos })
}

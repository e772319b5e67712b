import { Problem } from '../../geodata/shared/problem.ts'
import { gpxReader } from '../../geodata/tracks/read-gpx.ts'
import { GPX_TOO_LARGE, MAX_GPX_BYTES } from '../../geodata/walks/walk-limits.ts'
import type { ReportedProblem } from '../ui/problem-words.ts'

/** Reads a file as the server will; tells why it would be refused. undefined: it has a track. */
export async function checkGpx(file: Blob): Promise<ReportedProblem | undefined> {
  try {
    if (file.size > MAX_GPX_BYTES) throw new Problem('too-large', GPX_TOO_LARGE)
    const reader = gpxReader()
    reader.write(await file.text())
    reader.finish()
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    return { code: thrown.code, detail: thrown.message }
  }
}

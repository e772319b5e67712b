import { IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import type { MyRound } from '../../geodata/walks/my-round.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { type ReportedProblem, toError } from '../ui/problem-words.ts'
import { Fault } from './fault.tsx'
import type { QueueState } from './queue.ts'

interface GpxUploadProps {
  round: MyRound
  queue: QueueState
  onSend(file: File): Promise<void>
}

/** The track of a watch or a receiver, in place of the phone’s own. It waits on the phone like all that was done. */
export function GpxUpload({ round, queue, onSend }: GpxUploadProps) {
  const { t } = useTexts()
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Error | ReportedProblem>()
  const own = queue.items.filter(({ entry }) => entry.kind === 'gpx' && entry.roundId === round.roundId)
  const refused = own.find(({ state }) => state === 'refused')
  const isWaiting = own.some(({ state }) => state === 'waiting')
  const taken = queue.taken?.roundId === round.roundId ? queue.taken : undefined

  const send = async (file: File | undefined) => {
    if (!file || isBusy) return
    setBusy(true)
    setFault(undefined)
    try {
      // Where its code is out of reach the server reads the file alone.
      const checking = await import('./check-gpx.ts').catch(() => undefined)
      const problem = await checking?.checkGpx(file)
      if (problem) setFault(problem)
      else await onSend(file)
    } catch (thrown) {
      setFault(toError(thrown))
    }
    setBusy(false)
  }
  return (
    <section className="gw-field-gpx">
      <label className="gw-field-button gw-field-file" aria-busy={isBusy}>
        <IconRoute size={20} />
        {t(isBusy ? 'field.gpxReading' : 'field.gpx')}
        <input
          type="file"
          accept=".gpx,application/gpx+xml"
          data-testid="field-gpx"
          disabled={isBusy}
          onChange={(event) => {
            void send(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </label>
      <p className="gw-field-quiet" role="status" data-testid="field-gpx-said">
        {isWaiting
          ? t('field.gpxWaiting')
          : taken?.positions === 0
            ? t('field.gpxKnown')
            : taken
              ? t('field.gpxTaken', { positions: taken.positions, leftOut: taken.leftOut })
              : t('field.gpxHint')}
      </p>
      <Fault error={fault ?? refused?.problem} />
    </section>
  )
}

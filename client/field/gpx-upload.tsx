import { IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import type { MyRound } from '../../geodata/walks/my-round.schema.ts'
import { sendGpx, type TakenTrack } from '../api/walks.ts'
import { useTexts } from '../ui/i18n.ts'
import { toError } from '../ui/problem-words.ts'
import { Fault } from './fault.tsx'

/** The track of a watch or a receiver, in place of the phone's own. It needs a network: the file stays where it is. */
export function GpxUpload({ round }: { round: MyRound }) {
  const { t } = useTexts()
  const [isSending, setSending] = useState(false)
  const [taken, setTaken] = useState<TakenTrack>()
  const [fault, setFault] = useState<Error>()

  const send = async (file: File | undefined) => {
    if (!file || isSending) return
    setSending(true)
    setTaken(undefined)
    setFault(undefined)
    try {
      setTaken(await sendGpx(round.plan.id, round.roundId, file))
    } catch (thrown) {
      setFault(toError(thrown))
    }
    setSending(false)
  }
  return (
    <section className="gw-field-gpx">
      <label className="gw-field-button gw-field-file" aria-busy={isSending}>
        <IconRoute size={20} />
        {t(isSending ? 'field.sending' : 'field.gpx')}
        <input
          type="file"
          accept=".gpx,application/gpx+xml"
          data-testid="field-gpx"
          disabled={isSending}
          onChange={(event) => {
            void send(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </label>
      <p className="gw-field-quiet" role="status" data-testid="field-gpx-said">
        {taken
          ? t('field.gpxTaken', { positions: taken.positions, leftOut: taken.leftOut })
          : t('field.gpxHint')}
      </p>
      <Fault error={fault} />
    </section>
  )
}

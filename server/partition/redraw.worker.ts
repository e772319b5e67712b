import type { RedrawUnit } from '../../geodata/partition/describe-partition.ts'
import { type RedrawOptions, redrawUnit } from '../../geodata/partition/redraw-unit.ts'
import { answerInWorker } from '../coverage/answer-in-worker.ts'

await answerInWorker(({ units, options }: { units: RedrawUnit[]; options: RedrawOptions }, progress) =>
  units.map((unit, i) =>
    redrawUnit(unit, options, (share, stage) => progress((i + share) / units.length, stage)),
  ),
)

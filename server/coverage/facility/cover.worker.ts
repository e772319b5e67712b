import { coverByFacilities } from '../../../geodata/coverage/facility/cover-by-facilities.ts'
import { answerInWorker } from '../answer-in-worker.ts'

await answerInWorker(coverByFacilities)

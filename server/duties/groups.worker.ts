import type { GroupQuestion } from '../../geodata/duties/group-shops.ts'
import { groupShops } from '../../geodata/duties/group-shops.ts'
import { answerInWorker } from '../coverage/answer-in-worker.ts'

await answerInWorker(({ shops, pieces, limits }: GroupQuestion) => groupShops(shops, pieces, limits))

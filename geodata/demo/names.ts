import { createRandom } from './random.ts'

const FIRST = [...'柳槐桂枫云鹤兰荷莲竹松梅杏桐菱芦月星晴春清碧丹锦瑞永长安康宁和映']
const SECOND = [...'堤荫岸溪浜塘桥湾泾港园林庭亭坊台渚洲影风鸣栖泽华']
const THIRD = [...'东西南北新上下里']

/** Hands out invented two-character place names, each once; then three characters. No real place is meant. */
export function createNames(seed: number): () => string {
  const random = createRandom(seed, 77)
  const stems = random.shuffle(FIRST.flatMap((first) => SECOND.map((second) => first + second)))
  let given = 0
  return () => {
    const stem = stems[given % stems.length]!
    const round = Math.floor(given / stems.length)
    given += 1
    return round === 0 ? stem : stem + THIRD[(round - 1) % THIRD.length]!
  }
}

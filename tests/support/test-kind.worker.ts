import { answerInWorker } from '../../server/coverage/answer-in-worker.ts'

/** Ends in the way that it is asked to, or never. */
await answerInWorker<{ how: string }, string>(({ how }) => {
  if (how === 'throw') throw new Error('This worker throws.')
  if (how === 'exit') process.exit(3)
  const eaten: number[][] = []
  for (;;) {
    if (how === 'eat') eaten.push(new Array(100_000).fill(eaten.length))
  }
})

/** A body that makes its next piece when the reader has taken the last one; a reader that goes away stops the work. */
export function streamPieces(
  pieces: AsyncGenerator<{ text: string }>,
  stop: AbortController,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value.text))
      },
      cancel() {
        stop.abort()
        pieces.return(undefined).catch(() => {})
      },
    },
    { highWaterMark: 0 },
  )
}

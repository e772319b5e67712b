import { useElementSize } from '@mantine/hooks'

const PIXELS_PER_MILLIMETRE = 96 / 25.4
const AIR_PIXELS = 32

/** How much the page has to shrink to be seen whole in the preview; never larger than life. */
export function usePrintFit(page: { wide: number; high: number }) {
  const { ref, width, height } = useElementSize<HTMLElement>()
  const fit = Math.min(
    1,
    (width - AIR_PIXELS) / (page.wide * PIXELS_PER_MILLIMETRE),
    (height - AIR_PIXELS) / (page.high * PIXELS_PER_MILLIMETRE),
  )
  return { view: ref, fit: Math.max(0.1, fit) }
}

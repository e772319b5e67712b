import {
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashedCheck,
  IconCircleDot,
  IconCloudUp,
  IconMapPinFilled,
} from '@tabler/icons-react'

/** A shape for each state of a stop, in the list and on the map. */
export const STOP_ICONS = {
  visited: IconCircleCheckFilled,
  probable: IconCircleDashedCheck,
  sent: IconCloudUp,
  here: IconMapPinFilled,
  open: IconCircle,
  pass: IconCircleDot,
} as const

import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'

/** What was just done, with its undo; at most three at a time, said aloud by screen readers. */
export default function Toasts() {
  return <Notifications position="bottom-center" limit={3} autoClose={8000} zIndex={60} />
}

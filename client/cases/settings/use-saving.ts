import { useMutation } from '@tanstack/react-query'
import { ApiError } from '../../api/request.ts'
import { toastDone } from '../../ui/toast.tsx'

interface Saving<Body> {
  /** Stores the whole, if `version` is still the newest. */
  put(version: number, body: Body): Promise<{ version: number }>
  /** Lets what is shown ask again. */
  refresh(): Promise<unknown>
  /** Forgets what was entered; called once it is stored. */
  onSaved(): void
  /** What is said then. */
  said: string
}

/**
 * Stores a table of settings as a whole, with undo. `isStale`: somebody else stored it meanwhile; what was entered is
 * still there, and the next try is against what they stored.
 */
export function useSaving<Body>({ put, refresh, onSaved, said }: Saving<Body>) {
  const save = useMutation({
    mutationFn: (of: { version: number; body: Body; before: Body }) => put(of.version, of.body),
    onSuccess: async (stored, { before }) => {
      onSaved()
      await refresh()
      toastDone(said, {
        undo: async () => {
          await put(stored.version, before)
          await refresh()
        },
      })
    },
    onError: (error) => (isStale(error) ? refresh() : undefined),
  })
  return { ...save, isStale: isStale(save.error) }
}

const isStale = (error: unknown): boolean => error instanceof ApiError && error.status === 412

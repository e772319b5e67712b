import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toastDone } from '../ui/toast.tsx'

interface Storing<Input, Saved> {
  /** What is asked for again: once it is stored, and when it was refused, which may be for what others did. */
  key: string
  store(input: Input): Promise<Saved>
  /** What is said then. */
  said(saved: Saved): string
  /** Takes it back, where that can be. */
  undo?: ((saved: Saved) => Promise<unknown>) | undefined
  onDone(saved: Saved): void
}

/** Stores what a form says, says so, and offers to take it back. */
export function useStoring<Saved, Input = void>({ key, store, said, undo, onDone }: Storing<Input, Saved>) {
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: [key] })
  return useMutation({
    mutationFn: store,
    onSuccess: (saved) => {
      const back = async () => {
        await undo?.(saved)
        await again()
      }
      toastDone(said(saved), undo ? { undo: back } : {})
      void again()
      onDone(saved)
    },
    onError: () => void again(),
  })
}

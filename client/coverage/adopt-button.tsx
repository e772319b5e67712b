import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { adoptDuties, saveDuties } from '../api/duties.ts'
import { useMay } from '../ui/session.ts'
import { toastDone, toastFailed } from '../ui/toast.tsx'

interface AdoptButtonProps {
  analysis: string
  label: string
  /** Says how many duties were stored. */
  done(count: number): string
}

/** Makes duties of what an analysis proposes, and takes them back. */
export function AdoptButton({ analysis, label, done }: AdoptButtonProps) {
  const may = useMay('edit')
  const queries = useQueryClient()
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['duties'] }),
      queries.invalidateQueries({ queryKey: ['analyses'] }),
    ])
  const adopt = useMutation({
    mutationFn: () => adoptDuties(analysis),
    onSuccess: ({ duties, undo }) => {
      void refresh()
      toastDone(done(duties.length), {
        undo: async () => {
          await saveDuties(undo)
          await refresh()
        },
      })
    },
    onError: toastFailed,
  })
  if (!may) return null
  return (
    <Button
      fullWidth
      leftSection={<IconCheck size={16} aria-hidden="true" />}
      loading={adopt.isPending}
      onClick={() => adopt.mutate()}
      data-testid="adopt"
    >
      {label}
    </Button>
  )
}

import { Button } from '@mantine/core'
import { IconArrowsMove, IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Analysis } from '../../../geodata/coverage/analysis.schema.ts'
import type { RedrawAlternative, RedrawResult } from '../../../geodata/partition/redraw.schema.ts'
import { saveChanges } from '../../api/changes.ts'
import { publishRedraw } from '../../api/redraw.ts'
import { useTexts } from '../../ui/i18n.ts'
import { newUuid } from '../../ui/new-uuid.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMay } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'

interface PublishPartProps {
  analysis: Analysis
  result: RedrawResult
  alternative: RedrawAlternative
  onCorrect(): void
}

/** From proposal to cells in force, and back; before that, by hand. */
export function PublishPart({ analysis, result, alternative, onCorrect }: PublishPartProps) {
  const { t } = useTexts()
  const mayEdit = useMay('edit')
  const mayAsk = useMay('analyse')
  const queries = useQueryClient()
  const [published, setPublished] = useState<{ at: string }>()
  const publish = useMutation({
    mutationFn: () => publishRedraw(analysis.id, newUuid(), alternative.number),
    onSuccess: ({ at, undo }) => {
      setPublished({ at })
      void queries.invalidateQueries()
      toastDone(t('redraw.published', { count: alternative.cells.length }), {
        undo: async () => {
          await saveChanges(newUuid(), undo)
          setPublished(undefined)
          await queries.invalidateQueries()
        },
      })
    },
  })
  return (
    <section className="gw-redraw-publish" aria-label={t('redraw.next')}>
      {mayAsk && (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconArrowsMove size={16} aria-hidden="true" />}
          onClick={onCorrect}
          data-testid="redraw-correct"
        >
          {t('redraw.correct')}
        </Button>
      )}
      {mayEdit && !published && (
        <>
          <Button
            fullWidth
            leftSection={<IconCheck size={16} aria-hidden="true" />}
            disabled={alternative.disconnected > 0}
            loading={publish.isPending}
            onClick={() => publish.mutate()}
            data-testid="redraw-publish"
          >
            {t('redraw.publish')}
          </Button>
          <p className="gw-hint">
            {t('redraw.publishHint', { count: result.replaces.length, cells: alternative.cells.length })}
          </p>
        </>
      )}
      <ProblemAlert error={publish.error} />
      {published && (
        <p role="status" data-testid="redraw-published">
          {t('redraw.inForce')}{' '}
          <a className="gw-link" href={compareLink(published.at)}>
            {t('redraw.compareBefore')}
          </a>
        </p>
      )}
    </section>
  )
}

/** The same view with the tool that compares: the moment before on the left, now on the right. */
function compareLink(at: string): string {
  const search = new URLSearchParams(location.search)
  const before = new Date(Date.parse(at) - 1).toISOString()
  search.set('tool', 'compare')
  search.set('with', `swipe/50/moments/${before}/now`)
  search.delete('work')
  search.delete('ask')
  return `?${search}`
}

import { Button, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import type { AnalysisKindName } from '../../geodata/coverage/analysis.schema.ts'
import { askAnalysis } from '../api/analyses.ts'
import type { ListsProps } from '../lists/props.ts'
import { AreaField } from '../ui/area-field.tsx'
import { useTexts } from '../ui/i18n.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { viewOf } from './analysis-views.ts'
import { changeDraft, useDraft } from './drafts.ts'
import { askListAnew, keepAnalysis } from './use-analysis.ts'

interface QuestionFormProps extends ListsProps {
  kind: AnalysisKindName
  onAsked(id: string): void
}

/** How a question is put: what its kind wants to know, for which cells, under which name. */
export function QuestionForm({ kind, view, map, workspace, within, onSelect, onAsked }: QuestionFormProps) {
  const texts = useTexts()
  const { t, lang } = texts
  const queries = useQueryClient()
  const shown = viewOf(kind)
  const draft = useDraft(kind)
  const { title, area, params } = draft
  const asking = useMutation({
    mutationFn: () => askAnalysis({ kind, params, area: [...area], title: title.trim() }),
    onSuccess: (analysis) => {
      keepAnalysis(queries, analysis)
      void askListAnew(queries)
      onAsked(analysis.id)
    },
  })
  if (!shown) return null
  const { Form } = shown
  const problem = shown.problem?.(params, area, texts)
  return (
    <form
      className="gw-question-form"
      aria-label={t(`coverage.kinds.${kind}.name`)}
      onSubmit={(event) => {
        event.preventDefault()
        if (!problem) asking.mutate()
      }}
      data-testid="question-form"
    >
      <h3>{t(`coverage.kinds.${kind}.name`)}</h3>
      <p className="gw-hint">{t(`coverage.kinds.${kind}.about`)}</p>
      <Suspense fallback={<PanelSkeleton />}>
        <Form
          map={map}
          workspace={workspace}
          scheme={view.scheme}
          lang={lang}
          select={onSelect}
          openList={(layer, filter, sort) =>
            view.change({ list: layer, left: 'list', [`f-${layer}`]: filter, sort })
          }
          params={params}
          setParams={(next) => changeDraft(kind, { params: next })}
          area={area}
          setArea={(next) => changeDraft(kind, { area: next })}
          within={within}
        />
      </Suspense>
      <AreaField
        label={t('coverage.area')}
        none={t('coverage.wholeArea')}
        codes={area}
        within={within}
        onChange={(next) => changeDraft(kind, { area: next })}
      />
      <TextInput
        size="xs"
        label={t('coverage.name')}
        description={t('coverage.nameHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={title}
        maxLength={120}
        onChange={(event) => changeDraft(kind, { title: event.currentTarget.value })}
      />
      <ProblemAlert error={asking.error} />
      {problem && (
        <p className="gw-hint" role="status">
          {problem}
        </p>
      )}
      <Button
        type="submit"
        fullWidth
        leftSection={<IconPlayerPlay size={16} />}
        disabled={problem !== undefined}
        loading={asking.isPending}
        data-testid="question-run"
      >
        {t('coverage.run')}
      </Button>
    </form>
  )
}

import './coverage.css'
import { UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconSum } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AnalysisKindName } from '../../geodata/coverage/analysis.schema.ts'
import type { ListsProps } from '../lists/props.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { NARROW } from '../ui/narrow.ts'
import { useMay } from '../ui/session.ts'
import { AnalysisList } from './analysis-list.tsx'
import { ANALYSIS_VIEWS } from './analysis-views.ts'
import { readAsk } from './ask-state.ts'
import { QuestionForm } from './question-form.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** The left-hand panel of the coverage workspace: which question, how it is put, and those that were asked before. */
export default function QuestionsPanel(props: ListsProps) {
  const { t } = useTexts()
  const { view } = props
  const mayAsk = useMay('analyse')
  const asked = readAsk(view.search.ask)
  const open = (kind: AnalysisKindName | undefined) => view.change({ ask: kind, at: undefined }, 'replace')
  /** What stands on the right is brought up where only one panel is open. */
  const show = (ask: string | undefined) =>
    view.change({ ask, at: undefined, ...(matchMedia(NARROW).matches ? { fold: 'layers' } : {}) }, 'replace')
  return (
    <div className="gw-panel-body gw-questions" data-testid="questions">
      {asked.what === 'form' && mayAsk ? (
        <>
          <UnstyledButton className="gw-link gw-question-back" onClick={() => open(undefined)}>
            <IconArrowLeft size={16} aria-hidden="true" /> {t('coverage.otherQuestion')}
          </UnstyledButton>
          <QuestionForm key={asked.kind} {...props} kind={asked.kind} onAsked={show} />
        </>
      ) : (
        <section aria-label={t('coverage.ask')}>
          <h3>{t('coverage.ask')}</h3>
          <ul className="gw-question-list">
            <Choice
              icon={<IconSum size={20} />}
              name={t('coverage.count.name')}
              about={t('coverage.count.about')}
              isChosen={asked.what === 'count'}
              onChoose={() => show(undefined)}
              testId="question-count"
            />
            {mayAsk &&
              ANALYSIS_VIEWS.map(({ kind, icon: KindIcon }) => (
                <Choice
                  key={kind}
                  icon={<KindIcon size={20} />}
                  name={t(`coverage.kinds.${kind}.name`)}
                  about={t(`coverage.kinds.${kind}.about`)}
                  isChosen={false}
                  onChoose={() => open(kind)}
                  testId={`question-${kind}`}
                />
              ))}
          </ul>
        </section>
      )}
      <AnalysisList map={props.map} openId={asked.what === 'analysis' ? asked.id : undefined} setAsk={show} />
    </div>
  )
}

interface ChoiceProps {
  icon: ReactNode
  name: string
  /** The question in a plain sentence. */
  about: string
  isChosen: boolean
  onChoose(): void
  testId: string
}

function Choice({ icon, name, about, isChosen, onChoose, testId }: ChoiceProps) {
  return (
    <li>
      <UnstyledButton
        className="gw-question"
        aria-current={isChosen || undefined}
        onClick={onChoose}
        data-testid={testId}
      >
        <span aria-hidden="true">{icon}</span>
        <span>
          <b>{name}</b>
          <small>{about}</small>
        </span>
      </UnstyledButton>
    </li>
  )
}

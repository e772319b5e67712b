import './coverage.css'
import { Button } from '@mantine/core'
import { IconArrowLeft, IconHelpHexagon } from '@tabler/icons-react'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { AnalysisPanel } from './analysis-panel.tsx'
import { readAsk } from './ask-state.ts'
import { CountPanel } from './count-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** The right-hand panel of the coverage workspace: the answer to what was asked; at first the count of facilities. */
export default function CoveragePanel(props: WorkPanelProps) {
  const { t } = useTexts()
  const { ask, setAsk, openOwnPart } = props
  const asked = readAsk(ask)
  const question = (
    <Button
      className="gw-only-narrow"
      size="xs"
      variant="default"
      leftSection={<IconHelpHexagon size={16} />}
      onClick={openOwnPart}
    >
      {t('coverage.askQuestion')}
    </Button>
  )
  if (asked.what === 'analysis')
    return (
      <>
        {question}
        <AnalysisPanel key={asked.id} {...props} id={asked.id} />
      </>
    )
  if (asked.what === 'form')
    return (
      <>
        <p className="gw-hint" data-testid="coverage-hint">
          {t('coverage.fillIn', { question: t(`coverage.kinds.${asked.kind}.name`) })}
        </p>
        <p>{t(`coverage.kinds.${asked.kind}.about`)}</p>
        {question}
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconArrowLeft size={16} />}
          onClick={() => setAsk(undefined)}
        >
          {t('coverage.toCount')}
        </Button>
      </>
    )
  return (
    <>
      {question}
      <CountPanel {...props} ask={asked.text} />
    </>
  )
}

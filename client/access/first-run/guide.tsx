import './first-run.css'
import { type ReactNode, useState } from 'react'
import type { Session } from '../../../geodata/access/session.schema.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import type { Looks } from '../../ui/looks-buttons.tsx'
import { Entrance } from '../entrance.tsx'
import { texts } from '../texts.ts'
import { AdministratorStep } from './administrator-step.tsx'
import { AreaStep } from './area-step.tsx'
import { DataStep } from './data-step.tsx'
import { LinkStep } from './link-step.tsx'
import { PeopleStep } from './people-step.tsx'

addTexts(texts)

const STEPS = ['administrator', 'area', 'data', 'people'] as const
type Step = (typeof STEPS)[number]

interface GuideProps extends Looks {
  step: Step
  /** Of the set-up link. */
  secret: string | undefined
  onSetUp(session: Session): void
  /** undefined: finished. */
  onStep(next: Step | undefined): void
  importForm(onImported: () => void): ReactNode
}

/** Four steps, each of which can be done later elsewhere but the first. */
export function Guide({ step, secret: linked, onSetUp, onStep, importForm, ...looks }: GuideProps) {
  const { t } = useTexts()
  const [pasted, setPasted] = useState<string>()
  const secret = linked ?? pasted
  const at = STEPS.indexOf(step)
  return (
    <Entrance
      {...looks}
      title={t(`access.step.${step}`)}
      lead={t(`access.stepLead.${step}`)}
      wide={step === 'people'}
    >
      <ol className="gw-guide-steps" aria-label={t('access.steps')}>
        {STEPS.map((name, index) => (
          <li key={name} data-done={index < at || undefined} aria-current={index === at ? 'step' : undefined}>
            <span>{index + 1}</span>
            <small>{t(`access.stepName.${name}`)}</small>
          </li>
        ))}
      </ol>
      <div data-testid={`guide-${step}`}>
        {step === 'administrator' &&
          (secret ? (
            <AdministratorStep secret={secret} onDone={onSetUp} />
          ) : (
            <LinkStep onSecret={setPasted} />
          ))}
        {step === 'area' && <AreaStep onDone={() => onStep('data')} />}
        {step === 'data' && <DataStep importForm={importForm} onDone={() => onStep('people')} />}
        {step === 'people' && <PeopleStep onDone={() => onStep(undefined)} />}
      </div>
    </Entrance>
  )
}

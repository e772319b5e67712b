import './panels.css'
import { Popover, UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from './i18n.ts'

interface FigureProps {
  label: string
  /** Already formatted; `—` where there is nothing to divide by. */
  value: string
  /** What the value is out of, in words: “of 120 open”. */
  outOf?: string
  /** How it is reckoned, one click away. */
  formula: ReactNode
  /** Colour only for the abnormal; the label says it in words. */
  tone?: 'critical' | 'due' | undefined
  /** Opens the rows behind the figure. */
  onOpen?: (() => void) | undefined
  testId?: string
}

/** A figure with its denominator; its formula opens beside it, its rows in the list. */
export function Figure({ label, value, outOf, formula, tone, onOpen, testId }: FigureProps) {
  const { t } = useTexts()
  return (
    <div className="gw-figure" data-tone={tone} data-testid={testId}>
      <dt>
        <span>{label}</span>
        <Popover position="bottom-end" width={280} withArrow shadow="md" withinPortal>
          <Popover.Target>
            <UnstyledButton className="gw-figure-info" aria-label={t('figure.formula', { figure: label })}>
              <IconInfoCircle size={16} aria-hidden="true" />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className="gw-formula">{formula}</Popover.Dropdown>
        </Popover>
      </dt>
      <dd>
        {onOpen ? (
          <UnstyledButton
            className="gw-figure-open"
            onClick={onOpen}
            aria-label={t('figure.rows', { figure: label, value })}
          >
            {value}
          </UnstyledButton>
        ) : (
          <span>{value}</span>
        )}
        {outOf && <small>{outOf}</small>}
      </dd>
    </div>
  )
}

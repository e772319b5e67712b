import { IconChevronRight } from '@tabler/icons-react'
import { useTexts } from '../ui/i18n.ts'

export interface Crumb {
  at: string
  /** false: outside the area of whoever looks; a name and nothing more. */
  open: boolean
  name: string
}

interface BreadcrumbProps {
  area: string
  crumbs: Crumb[]
  onCrumb(at: string | undefined): void
}

/** Area ▸ community ▸ grid ▸ micro-grid; every step but the last leads up. */
export function Breadcrumb({ area, crumbs, onCrumb }: BreadcrumbProps) {
  const { t } = useTexts()
  const steps = [{ at: undefined, open: true, name: area }, ...crumbs]
  return (
    <nav className="gw-crumbs" aria-label={t('top.breadcrumb')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.at ?? 'area'}>
            {index > 0 && <IconChevronRight size={14} aria-hidden="true" />}
            {index === steps.length - 1 ? (
              <span aria-current="location">{step.name}</span>
            ) : !step.open ? (
              <span>{step.name}</span>
            ) : (
              <button type="button" onClick={() => onCrumb(step.at)}>
                {step.name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

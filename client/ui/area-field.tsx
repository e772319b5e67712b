import './area-field.css'
import { Button, CloseButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getPlace } from '../api/places.ts'
import { useTexts } from './i18n.ts'

export interface Cell {
  code: string
  name: string
}

interface AreaFieldProps {
  label: string
  /** What it means that there is none. */
  none: string
  codes: readonly string[]
  /** The cell that is selected on the map, or that the selection lies in. */
  within: Cell | undefined
  disabled?: boolean
  onChange(next: string[]): void
}

/** Cells that a plan or a team is for: those selected on the map, one after the other. */
export function AreaField({ label, none, codes, within, disabled = false, onChange }: AreaFieldProps) {
  const { t } = useTexts()
  return (
    <div className="gw-area-field">
      <span>{label}</span>
      {codes.length === 0 && <small>{none}</small>}
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <CellName code={code} />
            {!disabled && (
              <CloseButton
                size={24}
                aria-label={t('area.leave', { code })}
                onClick={() => onChange(codes.filter((other) => other !== code))}
              />
            )}
          </li>
        ))}
      </ul>
      {!disabled &&
        (within && !codes.includes(within.code) ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...codes, within.code])}
          >
            {t('area.add', { name: within.name })}
          </Button>
        ) : (
          <small>{t('area.choose')}</small>
        ))}
    </div>
  )
}

function CellName({ code }: { code: string }) {
  const place = useQuery({ queryKey: ['place', code], queryFn: () => getPlace(code), staleTime: 60_000 })
  return <>{place.data?.name || code}</>
}

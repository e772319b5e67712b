import { PasswordInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react'
import { useTexts } from '../ui/i18n.ts'

interface PasswordFieldProps {
  ref?: Ref<HTMLInputElement>
  label: string
  value: string
  autoComplete: 'current-password' | 'new-password'
  description?: ReactNode
  error?: ReactNode
  autoFocus?: boolean
  onChange(value: string): void
  testId: string
}

/** A password that can be shown, with a word about Caps Lock while it is on. */
export function PasswordField({ ref, testId, onChange, autoFocus, ...rest }: PasswordFieldProps) {
  const { t } = useTexts()
  const [capsLock, setCapsLock] = useState(false)
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <div>
      <PasswordInput
        {...rest}
        {...(ref ? { ref } : {})}
        size="md"
        autoFocus={autoFocus ?? false}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={() => setCapsLock(false)}
        visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword'), tabIndex: 0 }}
        data-testid={testId}
      />
      <p className="gw-caps" role="status">
        {capsLock && (
          <>
            <IconAlertTriangle size={14} aria-hidden="true" /> {t('access.capsLock')}
          </>
        )}
      </p>
    </div>
  )
}

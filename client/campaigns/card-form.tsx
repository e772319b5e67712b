import type { ReactNode } from 'react'

interface CardFormProps {
  /** What it says is on its way: not sent twice. */
  pending: boolean
  onSend(): void
  testId: string
  children: ReactNode
}

/** A form in a card of the panel. */
export function CardForm({ pending, onSend, testId, children }: CardFormProps) {
  return (
    <form
      className="gw-form gw-campaign-card"
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending) onSend()
      }}
      data-testid={testId}
    >
      {children}
    </form>
  )
}

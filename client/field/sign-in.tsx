import '../app/schemas-without-eval.ts'
import '@mantine/core/styles.css'
import '../ui/panels.css'
import { MantineProvider } from '@mantine/core'
import type { Session } from '../../geodata/access/session.schema.ts'
import SignInPage from '../access/sign-in-page.tsx'
import type { Looks } from '../ui/looks-buttons.tsx'
import { resolveVariables, theme } from '../ui/theme.ts'

interface SignInProps {
  looks: Looks
  session: Session
  onSignedIn(session: Session): void
}

/** The way in of the dashboard, with all that it needs; whoever is signed in never loads it. */
export default function SignIn({ looks, session, onSignedIn }: SignInProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} forceColorScheme={looks.scheme}>
      <SignInPage {...looks} session={session} linkUsed={false} onSignedIn={onSignedIn} />
    </MantineProvider>
  )
}

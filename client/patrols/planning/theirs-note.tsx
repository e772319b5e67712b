import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { PLAN_STATES } from '../../../geodata/patrols/plan.schema.ts'
import { getPlan } from '../../api/patrols.ts'
import { ApiError } from '../../api/request.ts'
import { useTexts } from '../../ui/i18n.ts'
import { planStore, usePlanning } from './plan-store.ts'

/**
 * Told while a plan is open: somebody else saved, published, closed or deleted it. What is here is never overwritten; it
 * gives way, or goes on, by a button.
 */
export function TheirsNote() {
  const { t, lang } = useTexts()
  const { base, plan } = usePlanning()
  const stored = useQuery({
    // Asked anew with every change of a plan that is told.
    queryKey: ['patrols', 'stored', base?.id],
    queryFn: () => getPlan(base!.id),
    enabled: base !== undefined,
    retry: false,
  })
  if (!base || !plan) return null
  if (stored.error instanceof ApiError && stored.error.status === 404)
    return (
      <Alert color="orange" role="alert" title={t('planning.goneTitle')} data-testid="plan-gone">
        <p>{t('planning.gone')}</p>
        <Button size="xs" variant="default" onClick={() => planStore.begin(plan)}>
          {t('planning.keepAsNew')}
        </Button>
      </Alert>
    )
  const theirs = stored.data
  if (!theirs || theirs.id !== base.id) return null
  const isNewer = theirs.version > base.version
  // Read just before it was handed out here, it may be the older one.
  const isPublished =
    theirs.version === base.version && (theirs.publishedVersion ?? 0) > (base.publishedVersion ?? 0)
  if (!isNewer && !isPublished) return null
  return (
    <Alert color="blue" role="status" title={t('planning.staleTitle')} data-testid="plan-theirs">
      <p>
        {t('planning.theirs', {
          version: theirs.version,
          yours: base.version,
          state: PLAN_STATES[theirs.state][lang],
        })}
      </p>
      <Button.Group>
        {isNewer && (
          <Button
            size="xs"
            variant="default"
            onClick={() => planStore.load(theirs)}
            data-testid="take-theirs"
          >
            {t('planning.takeTheirs')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          onClick={() => (isNewer ? planStore.goOnFrom(theirs) : planStore.noteBase(theirs))}
          data-testid="keep-mine"
        >
          {t(isNewer ? 'planning.goOnMine' : 'planning.understood')}
        </Button>
      </Button.Group>
    </Alert>
  )
}

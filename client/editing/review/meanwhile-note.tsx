import './review.css'
import { Alert, Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { draftKey } from '../../../geodata/editing/draft.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { formatTime } from '../../ui/format.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import type { DraftState } from '../draft-store.ts'
import { texts as formTexts } from '../form/texts.ts'
import { nameOf } from '../name-of.ts'
import type { Session } from '../session.ts'
import { refKey } from '../working-set.ts'
import { texts } from './texts.ts'
import { useMeanwhile } from './use-meanwhile.ts'

addTexts(formTexts)
addTexts(texts)

const ConflictDialog = lazy(() =>
  import('./conflict-dialog.tsx').then((module) => ({ default: module.ConflictDialog })),
)
const MOST_LISTED = 5

/** Says at once when somebody else has saved a feature that this draft changes. */
export function MeanwhileNote({ draft, session }: { draft: DraftState; session: Session }) {
  const { t, lang } = useTexts()
  const meanwhile = useMeanwhile(draft)
  const [comparing, setComparing] = useState(false)
  if (meanwhile.length === 0) return null
  return (
    <Alert
      color="orange"
      p="xs"
      role="status"
      title={t('review.conflict.count', { count: meanwhile.length })}
      data-testid="draft-meanwhile"
    >
      <ul className="gw-review-meanwhile">
        {meanwhile.slice(0, MOST_LISTED).map((one) => {
          const entry = draft.byKey.get(draftKey(one.layer, one.id))
          const name = nameOf(entry?.now ?? entry?.base, one) || LAYERS[one.layer].noun[lang]
          const what = one.deleted ? t('review.meanwhile.deleted') : t('review.meanwhile.changed')
          return (
            <li key={refKey(one)}>
              {t('review.meanwhile.line', { name, what })}
              {one.at && <small> {[formatTime(one.at), one.actor].filter(Boolean).join(' · ')}</small>}
            </li>
          )
        })}
      </ul>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => setComparing(true)}
        data-testid="draft-compare"
      >
        {t('review.conflict.compare')}
      </Button>
      {comparing && (
        <Suspense>
          <ConflictDialog
            refs={meanwhile}
            draft={draft}
            onClose={(merged) => {
              setComparing(false)
              if (merged) session.reload()
            }}
          />
        </Suspense>
      )}
    </Alert>
  )
}

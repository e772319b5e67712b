import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { MAX_CHANGES } from '../../../geodata/editing/change-set.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { type Language, useTexts } from '../../ui/i18n.ts'
import { toastDone } from '../../ui/toast.tsx'
import { fieldLabel } from '../../ui/words/property-words.ts'
import { type DraftState, draftStore } from '../draft-store.ts'
import { nameOf } from '../name-of.ts'
import { MeanwhileNote } from '../review/meanwhile-note.tsx'
import type { Session } from '../session.ts'
import { refKey } from '../working-set.ts'

interface DraftListProps {
  session: Session
  draft: DraftState
  lang: Language
  /** Opens the check before saving. */
  onReview(): void
}

const SIGN = { new: '+', changed: '~', deleted: '×' } as const
/** Rows drawn; the rest is a number. */
const MOST_ROWS = 200

/** Unsaved changes, one row a feature. */
export function DraftList({ session, draft, lang, onReview }: DraftListProps) {
  const texts = useTexts()
  const { t } = texts
  const { touched } = draft
  const count = touched.length

  function discard() {
    const bringBack = draftStore.discard()
    toastDone(t('editing.discarded', { count }), { undo: bringBack })
  }

  return (
    <section className="gw-edit-draft" aria-label={t('editing.draft')} data-testid="edit-draft">
      <h3>
        {t('editing.draft')}
        <span aria-live="polite" data-testid="draft-count">
          {t('editing.changes', { count })}
        </span>
      </h3>
      <MeanwhileNote draft={draft} session={session} />
      <ul>
        {touched.slice(0, MOST_ROWS).map((entry) => {
          const name = nameOf(entry.now ?? entry.base, entry) || LAYERS[entry.layer].noun[lang]
          return (
            <li key={refKey(entry)} data-state={entry.state} data-testid="draft-row">
              <b aria-hidden="true">{SIGN[entry.state]}</b>
              <button
                type="button"
                onClick={() => {
                  session.zoomTo(entry)
                  if (entry.now) session.setTarget({ layer: entry.layer, id: entry.id })
                }}
              >
                <span>{name}</span>
                <small>
                  {LAYERS[entry.layer].noun[lang]} ·{' '}
                  {entry.state === 'changed' && entry.fields.length > 0
                    ? entry.fields.map((field) => fieldLabel(field, texts)).join(lang === 'zh' ? '、' : ', ')
                    : t(`editing.state.${entry.state}`)}
                </small>
              </button>
              <Tooltip label={t('editing.revert')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={24}
                  aria-label={t('editing.revertOne', { name })}
                  disabled={draft.status !== 'ready'}
                  onClick={() => draftStore.revert(entry.layer, entry.id)}
                >
                  <IconArrowBackUp size={16} />
                </ActionIcon>
              </Tooltip>
            </li>
          )
        })}
      </ul>
      {count > MOST_ROWS && <p className="gw-hint">{t('editing.more', { count: count - MOST_ROWS })}</p>}
      {count > MAX_CHANGES && (
        <p className="gw-edit-refused" role="alert">
          {t('editing.tooManyChanges', { most: MAX_CHANGES })}
        </p>
      )}
      <div className="gw-edit-actions">
        <Button
          size="xs"
          disabled={count === 0 || count > MAX_CHANGES}
          onClick={onReview}
          data-testid="edit-save"
        >
          {t('editing.save')}
        </Button>
        <Button size="xs" variant="default" disabled={count === 0} onClick={discard}>
          {t('editing.discard')}
        </Button>
      </div>
    </section>
  )
}

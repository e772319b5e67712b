import './review.css'
import '../form/form.css'
import { ActionIcon, Alert, Button, Checkbox, Progress, Textarea } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/request.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { toError } from '../../ui/problem-words.ts'
import { toastDone } from '../../ui/toast.tsx'
import type { Scheme } from '../../ui/tokens.ts'
import { type DraftState, draftStore } from '../draft-store.ts'
import { texts as formTexts } from '../form/texts.ts'
import { isUnanswered, saveDraft } from '../save-draft.ts'
import type { Session } from '../session.ts'
import type { FeatureRef } from '../working-set.ts'
import { attempts, pendingAttempt } from './attempt.ts'
import { ChangesSummary } from './changes-summary.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { findingGeometry, showFindings } from './finding-overlay.ts'
import { refreshTiles } from './refresh-tiles.ts'
import { Report } from './report.tsx'
import { texts } from './texts.ts'
import { useCheck } from './use-check.ts'
import { useMeanwhile } from './use-meanwhile.ts'
import { zoomToFeature } from './zoom-to.ts'

addTexts(formTexts)
addTexts(texts)

interface ReviewPanelProps {
  session: Session
  draft: DraftState
  scheme: Scheme
  onClose(): void
}

const MOST_NOTE_CHARACTERS = 500

/** Check and save: what the draft would do, what stands against it, and the button. */
export default function ReviewPanel({ session, draft, scheme, onClose }: ReviewPanelProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const check = useCheck(draft)
  const meanwhile = useMeanwhile(draft)
  // A save whose answer was lost may have been made: it is asked for again as it was, whatever happened since.
  const pending = pendingAttempt(draftStore.toChangeSet(), attempts)
  const [note, setNote] = useState(pending?.note ?? '')
  /** The findings that somebody agreed to, as they were named. */
  const [agreed, setAgreed] = useState<string>()
  const [comparing, setComparing] = useState<readonly FeatureRef[]>()
  const [failed, setFailed] = useState<Error>()
  const heading = useRef<HTMLHeadingElement>(null)
  const { report } = check
  const count = draft.touched.length
  const saving = draft.status === 'saving'
  // What the check found may be older than what the live events say.
  const conflicts: readonly FeatureRef[] = report?.conflicts.length ? report.conflicts : meanwhile

  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    // Before the editor's own keys, for which Esc means to leave the editor.
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape' || document.querySelector('[role=dialog]')) return
      event.preventDefault()
      event.stopPropagation()
      onClose()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [onClose])
  useEffect(() => {
    const shapes = report?.fresh.flatMap(({ geometry }) => findingGeometry(geometry) ?? []) ?? []
    return shapes.length > 0 ? showFindings(session.bench.handle.map, shapes, scheme) : undefined
  }, [report, session, scheme])

  const kinds = (['gap', 'overlap', 'stray', 'invalid'] as const).flatMap((kind) => {
    const found = report?.fresh.filter((finding) => finding.kind === kind).length ?? 0
    return found > 0 ? [t(`review.named.${kind}`, { count: found })] : []
  })
  const named = kinds.join(t('review.named.and'))
  const faulty = (report?.freshTotal ?? 0) > 0
  const why = saving
    ? undefined
    : count === 0
      ? t('review.why.nothing')
      : draft.status === 'elsewhere'
        ? t('form.elsewhere')
        : pending
          ? undefined
          : conflicts.length > 0
            ? t('review.why.conflicts')
            : !report
              ? t('review.why.unchecked')
              : report.problem
                ? t('review.why.problem')
                : faulty && agreed !== named
                  ? t('review.why.tick')
                  : undefined

  async function save() {
    setFailed(undefined)
    const { touched } = draftStore.getSnapshot()
    const refresh = () => {
      session.reload()
      refreshTiles(session.bench.handle, touched)
      void queries.invalidateQueries()
    }
    try {
      const undo = await saveDraft(draftStore, pending ? pending.note : note.trim() || undefined)
      refresh()
      onClose()
      toastDone(t('editing.saved', { count: touched.length }), {
        async undo() {
          await undo()
          refresh()
        },
      })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'version-conflict') {
        check.again()
        void queries.invalidateQueries({ queryKey: ['editing', 'meanwhile'] })
        return setFailed(new Error(t('review.conflict.onSave')))
      }
      const lost = isUnanswered(error)
      // An attempt of before the reload was not checked yet.
      if (!lost && pending) check.again()
      setFailed(lost ? new Error(t('review.lost')) : toError(error))
    }
  }

  return (
    <section className="gw-review" aria-label={t('review.title')} data-testid="review-panel">
      <header>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('review.back')} onClick={onClose}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <h3 ref={heading} tabIndex={-1}>
          {t('review.title')}
        </h3>
      </header>
      <div aria-live="polite" data-testid="review-status" data-status={check.status}>
        {check.status === 'checking' && !pending && (
          <div className="gw-review-checking">
            <p className="gw-hint">{t('review.checking', { count })}</p>
            <Progress value={100} animated size="xs" aria-label={t('review.checking', { count })} />
            <Button size="compact-xs" variant="default" onClick={check.cancel}>
              {t('review.cancel')}
            </Button>
          </div>
        )}
        {check.status === 'done' && report && !report.problem && conflicts.length === 0 && (
          <p className="gw-hint">{faulty ? t('review.why.tick') : t('review.ok')}</p>
        )}
        {(check.status === 'cancelled' || check.status === 'failed') && (
          <Alert color="orange" p="xs">
            {check.status === 'cancelled' ? (
              <p>{t('review.cancelled')}</p>
            ) : (
              check.problem && <ProblemText error={check.problem} />
            )}
            <Button size="compact-xs" variant="default" onClick={check.again}>
              {t('review.again')}
            </Button>
          </Alert>
        )}
        {conflicts.length > 0 && (
          <Alert color="orange" p="xs" title={t('review.conflict.count', { count: conflicts.length })}>
            <p>{t('review.conflict.hint')}</p>
            <Button size="xs" onClick={() => setComparing(conflicts)} data-testid="review-compare">
              {t('review.conflict.compare')}
            </Button>
          </Alert>
        )}
        {report?.problem && (
          <Alert color="orange" p="xs" title={t('review.problem.title')} data-testid="review-problem">
            <ProblemText error={report.problem} />
            {report.problem.at && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => report.problem?.at && void zoomToFeature(session, report.problem.at)}
              >
                {t('review.zoom')}
              </Button>
            )}
          </Alert>
        )}
      </div>
      <ChangesSummary touched={draft.touched} session={session} />
      {report && !report.problem && report.conflicts.length === 0 && (
        <Report report={report} session={session} />
      )}
      <Textarea
        size="xs"
        label={t('review.note')}
        placeholder={t('review.noteHint')}
        maxLength={MOST_NOTE_CHARACTERS}
        autosize
        minRows={2}
        maxRows={6}
        value={note}
        disabled={saving || pending !== undefined}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-testid="review-note"
      />
      {faulty && (
        <Checkbox
          size="sm"
          label={t('review.saveWith', { named })}
          checked={agreed === named}
          onChange={(event) => setAgreed(event.currentTarget.checked ? named : undefined)}
          data-testid="review-agree"
        />
      )}
      {pending && !failed && !saving && (
        <p className="gw-edit-refused" role="status">
          {t('review.lost')}
        </p>
      )}
      {failed && (
        <div className="gw-edit-refused" role="alert" data-testid="review-failed">
          <ProblemText error={failed} />
        </div>
      )}
      <div className="gw-form-actions">
        <Button
          size="sm"
          disabled={why !== undefined}
          loading={saving}
          onClick={() => void save()}
          data-testid="review-save"
        >
          {t('review.save', { count })}
        </Button>
        <Button size="sm" variant="default" onClick={onClose}>
          {t('review.back')}
        </Button>
      </div>
      {why && (
        <p className="gw-hint" data-testid="review-why">
          {why}
        </p>
      )}
      {comparing && (
        <ConflictDialog
          refs={comparing}
          draft={draft}
          onClose={(merged) => {
            setComparing(undefined)
            if (!merged) return
            session.reload()
            check.again()
          }}
        />
      )}
    </section>
  )
}

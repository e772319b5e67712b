import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { LAYERS } from '../../../geodata/layers.ts'
import { shownKeys } from '../../app/commands.ts'
import type { ToolProps } from '../../map/tool.ts'
import { useTexts } from '../../ui/i18n.ts'
import { problemWords } from '../../ui/problem-words.ts'
import { draftStore, useDraft } from '../draft-store.ts'
import { EDIT_KEYS } from '../keys/edit-keys.ts'
import { type Session, startSession } from '../session.ts'
import { refKey } from '../working-set.ts'
import { CoordinateEntry } from './coordinate-entry.tsx'
import { DraftList } from './draft-list.tsx'
import { DraftNotes } from './draft-notes.tsx'
import { LayerChoice } from './layer-choice.tsx'
import { MergeList } from './merge-list.tsx'
import { ModeButtons } from './mode-buttons.tsx'
import { TargetCard } from './target-card.tsx'
import { TransformEntry } from './transform-entry.tsx'
import { useEditKeys } from './use-edit-keys.ts'
import { VertexBar } from './vertex-bar.tsx'

const FeatureForm = lazy(() => import('../form/feature-form.tsx'))
const ReviewPanel = lazy(() => import('../review/review-panel.tsx'))
const MultiForm = lazy(() => import('../form/multi-form.tsx'))
/** What the link says (`with=`) when the features chosen in the list are edited together. */
const MULTI = 'multi'

/** The editor's panel; the editor itself lives as long as it is mounted. */
export function EditPanel(props: ToolProps) {
  const { map, scheme, lang, visible, selected } = props
  const [session, setSession] = useState<Session>()
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    draftStore.open()
    const { current } = latest
    const started = startSession(map, draftStore, {
      scheme: current.scheme,
      lang: current.lang,
      layer:
        current.selected?.layer ?? (current.workspace.counts.communities ? 'micro-grids' : 'communities'),
      visible: current.visible,
    })
    setSession(started)
    return () => {
      started.stop()
      setSession(undefined)
    }
  }, [map])

  const selectedLayer = selected?.layer
  const selectedId = selected?.feature.id
  useEffect(() => {
    if (session && selectedLayer && selectedId !== undefined)
      session.setTarget({ layer: selectedLayer, id: selectedId })
  }, [session, selectedLayer, selectedId])
  useEffect(() => session?.restyle(scheme), [session, scheme])
  useEffect(() => session?.setVisible(visible), [session, visible])

  return session ? <OpenPanel {...props} session={session} lang={lang} /> : null
}

function OpenPanel({
  session,
  close,
  lang,
  scheme,
  state: kept,
  setState,
}: ToolProps & { session: Session }) {
  const { t } = useTexts()
  const [reviewing, setReviewing] = useState(false)
  const state = useSyncExternalStore(session.subscribe, session.getSnapshot)
  const draft = useDraft()
  useEditKeys(session, close)
  const { target } = state
  const input = target && session.bench.set.current(target)
  const button = (label: string, keys: string, icon: React.ReactNode, enabled: boolean, run: () => void) => (
    <Tooltip label={`${label} (${shownKeys(keys).join(' ')})`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={label}
        disabled={!enabled}
        onClick={run}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <section className="gw-panel gw-edit" aria-label={t('editing.title')} data-testid="edit-panel">
      <header className="gw-panel-head">
        <h2>{t('editing.title')}</h2>
        <span className="gw-hint" />
        {button(
          t('editing.undo'),
          EDIT_KEYS.any.undo[0],
          <IconArrowBackUp size={18} />,
          draft.status === 'ready' && draft.draft.done.length > 0,
          draftStore.undo,
        )}
        {button(
          t('editing.redo'),
          EDIT_KEYS.any.redo[0],
          <IconArrowForwardUp size={18} />,
          draft.status === 'ready' && draft.draft.undone.length > 0,
          draftStore.redo,
        )}
        {button(t('editing.close'), EDIT_KEYS.any.close[0], <IconX size={18} />, true, close)}
      </header>
      <div className="gw-panel-body">
        <DraftNotes draft={draft} />
        {reviewing ? (
          <Suspense>
            <ReviewPanel
              session={session}
              draft={draft}
              scheme={scheme}
              onClose={() => setReviewing(false)}
            />
          </Suspense>
        ) : kept === MULTI ? (
          <Suspense>
            <MultiForm draft={draft} onLeave={() => setState(undefined)} />
          </Suspense>
        ) : (
          <>
            <LayerChoice session={session} state={state} lang={lang} />
            <ModeButtons session={session} state={state} />
            <div className="gw-edit-say">
              <p aria-live="polite" data-testid="edit-hint">
                {state.loading ? t('editing.loading') : t(`editing.hint.${state.hint}`)}
                {state.points > 0 && ` ${t('editing.points', { count: state.points })}`}
              </p>
              {state.refused && (
                <p
                  className="gw-edit-refused"
                  role="alert"
                  data-testid="edit-refused"
                  key={state.refused.count}
                >
                  {t(`editing.refused.${state.refused.reason}`)}
                </p>
              )}
              {state.failed && (
                <p className="gw-edit-refused" role="alert">
                  {t('editing.failed', { message: problemWords(state.failed).said })}
                </p>
              )}
            </div>
            {state.mode === 'merge' && <MergeList session={session} state={state} />}
            {(state.mode === 'vertices' || state.mode === 'split') && (
              <VertexBar session={session} state={state} />
            )}
            {target && <TransformEntry key={state.mode} session={session} state={state} />}
            <CoordinateEntry session={session} state={state} />
            {target && <TargetCard session={session} state={state} noun={LAYERS[target.layer].noun[lang]} />}
            {target && input && (
              <Suspense>
                <FeatureForm key={refKey(target)} target={target} input={input} draft={draft} />
              </Suspense>
            )}
          </>
        )}
        {!reviewing && (
          <DraftList session={session} draft={draft} lang={lang} onReview={() => setReviewing(true)} />
        )}
      </div>
    </section>
  )
}

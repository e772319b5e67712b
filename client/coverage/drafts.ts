import { useSyncExternalStore } from 'react'
import type { AnalysisKindName } from '../../geodata/coverage/analysis.schema.ts'
import { viewOf } from './analysis-views.ts'

/** A question that is being put; it stays while the panel shows something else. */
export interface Draft {
  title: string
  area: readonly string[]
  params: Record<string, unknown>
}

const drafts = new Map<AnalysisKindName, Draft>()
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function draftOf(kind: AnalysisKindName): Draft {
  let draft = drafts.get(kind)
  if (!draft) {
    draft = { title: '', area: [], params: viewOf(kind)?.initial() ?? {} }
    drafts.set(kind, draft)
  }
  return draft
}

export function changeDraft(kind: AnalysisKindName, change: Partial<Draft>): void {
  drafts.set(kind, { ...draftOf(kind), ...change })
  for (const listener of listeners) listener()
}

export const useDraft = (kind: AnalysisKindName): Draft =>
  useSyncExternalStore(subscribe, () => draftOf(kind))

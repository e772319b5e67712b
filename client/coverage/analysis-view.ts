import type { Icon } from '@tabler/icons-react'
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { ComponentType, LazyExoticComponent } from 'react'
import type { Analysis, AnalysisKindName, AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import type { Fact } from '../ui/facts.ts'
import type { useTexts } from '../ui/i18n.ts'
import type { Tokens } from '../ui/tokens.ts'

export type Texts = ReturnType<typeof useTexts>

type FromFrame = Pick<WorkPanelProps, 'map' | 'workspace' | 'scheme' | 'lang' | 'select' | 'openList'>

export interface AnalysisFormProps extends FromFrame {
  /** As they were left, or of the analysis that is asked again; `initial` at first. What does not fit is for the form to mend. */
  params: Record<string, unknown>
  setParams(next: Record<string, unknown>): void
  /** Codes of the cells that the question is about; none: all. The frame has the choice. */
  area: readonly string[]
  setArea(next: string[]): void
  /** The cell that is selected on the map, or that the selection lies in. */
  within: { code: string; name: string } | undefined
}

export interface AnalysisResultProps extends FromFrame, Pick<WorkPanelProps, 'setAsk'> {
  /** Done, with its figures. */
  analysis: Analysis
  /** Draws these parts alone, each as its style says and narrowed by a filter; undefined: all that have a style. */
  showParts(parts: readonly ShownPart[] | undefined): void
  /** Shows a feature of a part: the map goes there and marks it, its facts are told. */
  showFeature(part: string, id: number): void
  /** Asks another question: its form opens with these parameters, and those left out as `initial` has them. */
  askNext(kind: AnalysisKindName, params: Record<string, unknown>): void
  /** Reads the analysis again, after something was added to it. */
  reload(): void
}

export interface ShownPart {
  part: string
  filter?: FilterSpecification
}

/** A style layer over a part, without source; `hatch`: a colour, for a fill of 45° lines. */
export type PartLayer = Pick<LayerSpecification, 'type'> & {
  paint?: Record<string, unknown>
  layout?: Record<string, unknown>
  filter?: FilterSpecification
  minzoom?: number
  hatch?: string
}

export interface PartView {
  /** Bottom to top; see part-styles.ts for the usual ones. Left out: listed and exported, not drawn. */
  layers?(tokens: Tokens): PartLayer[]
  /** What it shows, in the legend: a plain name. */
  name(texts: Texts): string
  /** What a feature of it is called and says: for the card after a click, and for the list beside the map. */
  describe?(properties: Record<string, unknown>, texts: Texts): { title: string; facts: Fact[] }
  /** Stands in the list beside the map, in the order in which it was found. */
  isListed?: boolean
}

/** How a kind of question is asked and its answer shown. Registered in analysis-views.ts; loaded with the workspace. */
export interface AnalysisView {
  kind: AnalysisKindName
  icon: Icon
  initial(): Record<string, unknown>
  /** Why it cannot be asked as it stands, in words; undefined: it can. */
  problem?(params: Record<string, unknown>, area: readonly string[], texts: Texts): string | undefined
  Form: LazyExoticComponent<ComponentType<AnalysisFormProps>>
  Result: LazyExoticComponent<ComponentType<AnalysisResultProps>>
  /** From bottom to top on the map. */
  parts: Record<string, PartView>
  /** What it does now; undefined for a code that it does not know. */
  stage(code: string, texts: Texts): string | undefined
  note(note: AnalysisNote, texts: Texts): string
  /** Figures and parameters for the printed report, in words. */
  report?(analysis: Analysis, texts: Texts): { title: string; facts: Fact[] }[]
}

import type { WallFigureId } from '../../geodata/walls/layout.schema.ts'
import type { WallFigure } from '../../geodata/walls/picture.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { type FigureWords, figureWords } from './figure-words.ts'
import { shownFigures } from './shown-figures.ts'
import { HANDHELD, useMedia } from './use-media.ts'
import { useRoom } from './use-room.ts'

interface FigureStripProps {
  figures: readonly WallFigure[]
  /** They were true once, and cannot be known now. */
  isBlind: boolean
  /** Figures that rest on a source which is silent. */
  blindOnes: ReadonlySet<WallFigureId>
  typePixels: number
  /** Of the one whose particulars are shown. */
  opened: WallFigureId | undefined
  onOpen(id: WallFigureId): void
}

/** Grey until something is wrong. What has no room is left out, never made smaller; the worst are the last to go. */
export function FigureStrip({ figures, isBlind, blindOnes, typePixels, opened, onOpen }: FigureStripProps) {
  const { t } = useTexts()
  const { at, width } = useRoom<HTMLDivElement>(typePixels)
  const worded = figures.map((figure) => figureWords(figure, isBlind || blindOnes.has(figure.id), t))
  const isHandheld = useMedia(HANDHELD)
  const shown = isHandheld ? worded : width > 0 ? shownFigures(worded, width) : []
  const left = figures.length - shown.length
  return (
    <div className="gw-wall-strip" ref={at}>
      <dl className="gw-wall-figures" aria-label={t('wall.figures')}>
        {shown.map((figure) => (
          <Figure
            key={figure.id}
            figure={figure}
            isOpen={opened === figure.id}
            onOpen={() => onOpen(figure.id)}
          />
        ))}
      </dl>
      {left > 0 && width > 0 && (
        <span className="gw-wall-more" role="img" aria-label={t('wall.moreFigures', { count: left })}>
          +{left}
        </span>
      )}
    </div>
  )
}

function Figure({ figure, isOpen, onOpen }: { figure: FigureWords; isOpen: boolean; onOpen(): void }) {
  const { id, label, value, of, target, trend, isOff, isKnown } = figure
  return (
    <div
      className="gw-wall-figure"
      data-off={isOff || undefined}
      data-unknown={!isKnown || undefined}
      data-testid={`wall-figure-${id}`}
    >
      <dt>
        {isOff && <OffMark />}
        <button type="button" aria-expanded={isOpen} onClick={onOpen}>
          <span>{label}</span>
        </button>
      </dt>
      <dd>
        <b>{value}</b>
        {of && <span className="gw-wall-of">{of}</span>}
      </dd>
      <dd className="gw-wall-figure-sub">
        {target && (
          <span className="gw-wall-target">
            <TargetMark />
            {target}
          </span>
        )}
        <span>{trend}</span>
      </dd>
    </div>
  )
}

/** In place of the word, which would be there in every figure. */
function TargetMark() {
  const { t } = useTexts()
  return (
    <svg viewBox="0 0 20 20" role="img" aria-label={t('wall.target')}>
      <circle cx="10" cy="10" r="8.4" />
      <circle cx="10" cy="10" r="2.6" />
    </svg>
  )
}

/** A sign that needs no colour. */
function OffMark() {
  const { t } = useTexts()
  return (
    <svg className="gw-wall-off" viewBox="0 0 20 18" role="img" aria-label={t('wall.offTarget')}>
      <path d="M10 0 L20 18 H0 Z" />
      <path className="gw-wall-sign" d="M10 6.5 V11 M10 14.4 V14.5" />
    </svg>
  )
}

import { Button, UnstyledButton } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { refuseMove } from '../../../geodata/partition/correct-parts.ts'
import { MAX_BUILDINGS, type RedrawResult } from '../../../geodata/partition/redraw.schema.ts'
import { askAnalysis } from '../../api/analyses.ts'
import { readPartFeatures } from '../../api/analysis-features.ts'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import type { AnalysisResultProps } from '../analysis-view.ts'
import { askListAnew, keepAnalysis } from '../use-analysis.ts'
import { movableTo, type Pieces, readPieces, sumCells, toGiven } from './correction.ts'
import { type DrawnPieces, drawPieces } from './draw-pieces.ts'
import { hueOf } from './hues.ts'

interface CorrectPartProps extends Pick<AnalysisResultProps, 'analysis' | 'map' | 'scheme' | 'setAsk'> {
  result: RedrawResult
  alternative: number
  onEnd(): void
}

/** Loads the pieces of ground that cells are made of. */
export function CorrectPart(props: CorrectPartProps) {
  const { analysis, alternative } = props
  const { data, error, refetch } = useQuery({
    queryKey: ['analyses', analysis.id, 'piece', 'all'],
    queryFn: () => readPartFeatures(analysis.id, 'piece', MAX_BUILDINGS),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const pieces = useMemo(() => data && readPieces(data.features, alternative), [data, alternative])
  if (!pieces) return <LoadState error={error} onRetry={() => void refetch()} />
  return <Correcting {...props} pieces={pieces} />
}

const LISTED = 30

/** One cell takes buildings from its neighbours, by a click on the map or from the list; balance is told at once. */
function Correcting({
  analysis,
  map,
  scheme,
  setAsk,
  result,
  pieces,
  onEnd,
}: CorrectPartProps & { pieces: Pieces }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [cells, setCells] = useState(pieces.cells)
  const [past, setPast] = useState<Int32Array[]>([])
  const [target, setTarget] = useState(0)
  const [said, setSaid] = useState('')
  const sums = sumCells(pieces, cells)
  const movable = useMemo(() => movableTo(pieces, cells, target, LISTED), [pieces, cells, target])

  function move(piece: number) {
    const name = pieces.names[piece]!
    const refusal = refuseMove(pieces.graph, cells, piece, target)
    if (refusal) return setSaid(t(`redraw.refusal.${refusal}`, { name, number: target + 1 }))
    const next = cells.slice()
    next[piece] = target
    setPast([...past, cells])
    setCells(next)
    setSaid(t('redraw.movedTo', { name, number: target + 1 }))
  }
  const press = useRef(move)
  press.current = move
  const drawn = useRef<DrawnPieces>(undefined)
  useEffect(() => {
    if (!map) return
    const made = drawPieces(map, pieces.features, scheme, (piece) => press.current(piece))
    drawn.current = made
    return () => {
      drawn.current = undefined
      made.remove()
    }
  }, [map, pieces, scheme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a map drawn anew is painted anew
  useEffect(() => drawn.current?.paint(cells, target), [cells, target, map, scheme])

  const save = useMutation({
    mutationFn: () =>
      askAnalysis({
        kind: 'redraw',
        title: analysis.title,
        area: analysis.area,
        params: { ...analysis.params, band: result.band, count: null, given: toGiven(pieces, cells) },
      }),
    onSuccess: (made) => {
      keepAnalysis(queries, made)
      void askListAnew(queries)
      setAsk(made.id)
    },
  })
  const { min, max } = result.band
  return (
    <section className="gw-redraw-correct" aria-label={t('redraw.correct')} data-testid="redraw-correcting">
      <h3>{t('redraw.correct')}</h3>
      <p className="gw-hint">{t('redraw.correctHint')}</p>
      <ul className="gw-redraw-targets">
        {sums.map(({ weight, buildings }, cell) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cells are their numbers
          <li key={cell}>
            <UnstyledButton
              aria-pressed={cell === target}
              onClick={() => setTarget(cell)}
              data-testid="redraw-target"
            >
              <i className="gw-redraw-swatch" style={{ color: hueOf(scheme, cell + 1) }} aria-hidden="true" />
              <b>{t('redraw.cellNumber', { number: cell + 1 })}</b>
              <span>{t('redraw.sum', { weight: formatCount(weight), count: buildings })}</span>
              <small data-verdict={weight < min ? 'below' : weight > max ? 'above' : 'within'}>
                {t(`redraw.verdicts.${weight < min ? 'below' : weight > max ? 'above' : 'within'}`)}
              </small>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <p className="gw-redraw-said" role="status" aria-live="polite">
        {said}
      </p>
      <details className="gw-redraw-movable">
        <summary>{t('redraw.movable', { number: target + 1 })}</summary>
        {movable.length === 0 && <p className="gw-hint">{t('redraw.noneMovable')}</p>}
        <ul>
          {movable.map((piece) => (
            <li key={piece}>
              <span>
                {pieces.names[piece]} · {formatCount(pieces.weight[piece]!)}
              </span>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => move(piece)}
                data-testid="redraw-move"
              >
                {t('redraw.moveHere')}
              </Button>
            </li>
          ))}
        </ul>
      </details>
      <div className="gw-redraw-actions">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
          disabled={past.length === 0}
          onClick={() => {
            setCells(past.at(-1)!)
            setPast(past.slice(0, -1))
            setSaid('')
          }}
        >
          {t('redraw.takeBack')}
        </Button>
        <Button size="xs" variant="default" onClick={onEnd}>
          {t('redraw.discard')}
        </Button>
        <Button
          size="xs"
          disabled={past.length === 0}
          loading={save.isPending}
          onClick={() => save.mutate()}
          data-testid="redraw-save"
        >
          {t('redraw.save')}
        </Button>
      </div>
      <ProblemAlert error={save.error} />
    </section>
  )
}

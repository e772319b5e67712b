import type { TFunction } from 'i18next'
import { WALL_FIGURES } from '../../geodata/walls/layout.schema.ts'
import type { WallFigure } from '../../geodata/walls/picture.schema.ts'
import { textEm } from './text-width.ts'

export interface FigureWords {
  id: WallFigure['id']
  label: string
  value: string
  /** Of how many; empty where there is no such number. */
  of: string
  /** As it is to be, such as ≤0; empty where there is no value. */
  target: string
  /** Against another day, or why there is no value. */
  trend: string
  isOff: boolean
  isKnown: boolean
  widthEm: number
}

/** Of the value, against the smallest type; as css/head.css has it. */
const VALUE_SCALE = 1.8
/** The bar and what is between two figures, the sign of one that is off, and the sign of a target with what is beside it. */
const AROUND_EM = 1.1
const SIGN_EM = 1.2
const TARGET_EM = 1.6

/** `isBlind`: it was known, and cannot be now. */
export function figureWords(figure: WallFigure, isBlind: boolean, t: TFunction): FigureWords {
  const { id, value, of, outOf, unknown } = figure
  const isShare = WALL_FIGURES[id].unit === 'share'
  const isKnown = value !== null && !isBlind
  const words = {
    id,
    label: t(`wall.figure.${id}`),
    value: isKnown ? show(value, isShare) : t('wall.unknown'),
    of:
      !isKnown || outOf === null
        ? ''
        : isShare
          ? t('wall.parts', { of, outOf })
          : t('wall.of', { count: outOf }),
    target: isKnown ? targetOf(figure) : '',
    trend: isKnown ? trendOf(figure, t) : t(`wall.unknownWhy.${isBlind ? 'blind' : (unknown ?? 'blind')}`),
    isOff: isKnown && figure.isOff,
    isKnown,
  }
  const widths = [
    textEm(words.label) + (words.isOff ? SIGN_EM : 0),
    textEm(words.value) * VALUE_SCALE + textEm(words.of) + 0.3,
    textEm(words.target) + textEm(words.trend) + (isKnown ? TARGET_EM : 0),
  ]
  return { ...words, widthEm: Math.max(...widths) + AROUND_EM }
}

const show = (value: number, isShare: boolean): string =>
  isShare ? `${Math.round(value * 100)}%` : value.toLocaleString('en-US')

function targetOf({ id, target }: WallFigure): string {
  if (target === null) return '—'
  const { unit, better } = WALL_FIGURES[id]
  return `${better === 'lower' ? '≤' : '≥'}${show(target, unit === 'share')}`
}

function trendOf({ id, value, yesterday, lastWeek }: WallFigure, t: TFunction): string {
  const isShare = WALL_FIGURES[id].unit === 'share'
  // Of a share in points: the sign of percent beside it would be read as a part of the part.
  const change = (then: number) => {
    const by = isShare ? Math.round(((value ?? 0) - then) * 100) : (value ?? 0) - then
    if (by === 0) return '±0'
    return `${by > 0 ? '+' : '−'}${Math.abs(by)}`
  }
  if (yesterday.value !== null) return t('wall.sinceYesterday', { change: change(yesterday.value) })
  if (lastWeek.value !== null) return t('wall.sinceLastWeek', { change: change(lastWeek.value) })
  return t('wall.trendUnknown')
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  getBarometer,
  getIndicatorSeries,
  getIndicators,
  getIndicatorValues,
  getRanking,
} from '../api/figures.ts'
import { IN_TURN } from '../live/ask-in-turn.ts'
import { type FigureAsk, isOver, lastMonthOf, type PeriodChoice, questionOf } from './ask.ts'
import { fromFirstKnown } from './from-first-known.ts'

const RUNNING_MS = 60_000
const SERIES_MS = 300_000
export const MONTHS = 12

/**
 * Figures read whole histories: changes let them ask again in turn. Deadlines pass without one: in a period that is not over
 * they ask every so often too.
 */
export const figureQuery = (period: PeriodChoice, runningMs = RUNNING_MS) =>
  ({
    ...IN_TURN,
    refetchInterval: isOver(period, Date.now()) ? false : runningMs,
    placeholderData: keepPreviousData,
  }) as const

export const useDefinitions = () => useQuery({ queryKey: ['figures', 'indicators'], queryFn: getIndicators })

export function useValues(ask: FigureAsk) {
  const asked = questionOf(ask)
  return useQuery({
    queryKey: ['figures', 'values', asked],
    queryFn: ({ signal }) => getIndicatorValues(asked, signal),
    ...figureQuery(ask.period),
  })
}

export const seriesQuestion = (ask: FigureAsk) => ({
  month: lastMonthOf(ask.period),
  months: MONTHS,
  area: ask.area,
  categories: questionOf(ask).categories,
})

export function useSeries(ask: FigureAsk) {
  const asked = seriesQuestion(ask)
  return useQuery({
    queryKey: ['figures', 'series', asked],
    queryFn: ({ signal }) => getIndicatorSeries(asked, signal),
    select: (series) => ({ ...series, months: fromFirstKnown(series.months) }),
    ...figureQuery(ask.period, SERIES_MS),
  })
}

export function useBarometer(ask: FigureAsk) {
  const asked = questionOf(ask)
  return useQuery({
    queryKey: ['figures', 'barometer', asked],
    queryFn: ({ signal }) => getBarometer(asked, signal),
    ...figureQuery(ask.period),
  })
}

export function useRanking(ask: FigureAsk) {
  const asked = questionOf(ask)
  return useQuery({
    queryKey: ['figures', 'ranking', ask.scheme, asked],
    queryFn: ({ signal }) => getRanking(ask.scheme, asked, signal),
    ...figureQuery(ask.period),
  })
}

import { useQuery } from '@tanstack/react-query'
import { getStreetParts } from '../../api/patrols.ts'

const FRESH_MS = 300_000

/** Streets that nobody can walk to from the others. */
export const useStreetParts = () =>
  useQuery({ queryKey: ['patrols', 'street-parts'], queryFn: getStreetParts, staleTime: FRESH_MS })

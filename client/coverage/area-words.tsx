import { useQuery } from '@tanstack/react-query'
import { getPlace } from '../api/places.ts'
import { useTexts } from '../ui/i18n.ts'

const NAMED = 3

/** The cells that a question is about, in words: the first by their names. */
export function AreaWords({ codes }: { codes: readonly string[] }) {
  const { t } = useTexts()
  if (codes.length === 0) return <>{t('coverage.wholeArea')}</>
  return (
    <>
      {codes.slice(0, NAMED).map((code, at) => (
        <span key={code}>
          {at > 0 && t('coverage.comma')}
          <CellName code={code} />
        </span>
      ))}
      {codes.length > NAMED && t('coverage.andMore', { count: codes.length - NAMED })}
    </>
  )
}

function CellName({ code }: { code: string }) {
  const place = useQuery({ queryKey: ['place', code], queryFn: () => getPlace(code), staleTime: 60_000 })
  return <>{place.data?.name || code}</>
}

import { UnstyledButton } from '@mantine/core'
import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useSitingWords } from './siting-words.ts'

/** Whom no choice of places helps, the heaviest first. */
export function BeyondPart({ result, select }: { result: SitingResult; select(at: string): void }) {
  const { t } = useTexts()
  const { weight } = useSitingWords(result)
  const { beyond } = result.demand
  if (beyond.buildings === 0) return null
  return (
    <details className="gw-siting-beyond" data-testid="siting-beyond">
      <summary>
        {t('siting.beyond')}
        <small>
          {t('siting.beyondCount', { buildings: beyond.buildings, weight: weight(beyond.weight) })}
        </small>
      </summary>
      <ul>
        {result.beyond.map(({ id, name, code, weight: heavy }) => (
          <li key={id}>
            <UnstyledButton className="gw-link" onClick={() => select(`buildings/${id}`)}>
              {name ?? code ?? t('siting.building', { id })}
            </UnstyledButton>
            <span>{weight(heavy)}</span>
          </li>
        ))}
      </ul>
      {beyond.buildings > result.beyond.length && (
        <p className="gw-hint">{t('siting.andMore', { count: beyond.buildings - result.beyond.length })}</p>
      )}
    </details>
  )
}

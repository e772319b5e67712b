import '../dispatch.css'
import { Button } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Whistle } from '../../../geodata/dispatch/whistle.schema.ts'
import { isEnded } from '../../../geodata/hazards/workflow.ts'
import { caseKey, getCase } from '../../api/cases.ts'
import { listWhistles, whistlesKey } from '../../api/dispatch.ts'
import type { CasePartProps } from '../../ui/case-part.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay } from '../../ui/session.ts'
import { texts } from '../texts.ts'
import { BlowForm } from './blow-form.tsx'
import { WhistleCard } from './whistle-card.tsx'

addTexts(texts)

/** Departments called to a case, what they answer, who does what; nothing where nobody was called and nobody may call. */
export default function WhistlePart({ hazardId }: CasePartProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const mayCall = useMay('dispatch')
  const [isCalling, setCalling] = useState(false)
  const [said, setSaid] = useState('')
  const of = useQuery({ queryKey: caseKey(hazardId), queryFn: () => getCase(hazardId) }).data
  const whistles = useQuery({ queryKey: whistlesKey(hazardId), queryFn: () => listWhistles(hazardId) })
  const changed = (next: Whistle[], words: string) => {
    queries.setQueryData(whistlesKey(hazardId), next)
    void queries.invalidateQueries({ queryKey: caseKey(hazardId) })
    setSaid(words)
  }
  if (!whistles.data) return <LoadState error={whistles.error} onRetry={() => void whistles.refetch()} />
  const isOpen = of !== undefined && !isEnded(of.state)
  if (whistles.data.length === 0 && !(mayCall && isOpen)) return null
  return (
    <section className="gw-dispatch-part" aria-labelledby="gw-whistle" data-testid="whistle-part">
      <h3 id="gw-whistle">{t('dispatch.whistle.title')}</h3>
      {whistles.data.map((whistle) => (
        <WhistleCard key={whistle.id} whistle={whistle} isOpen={isOpen} onChanged={changed} />
      ))}
      {mayCall &&
        isOpen &&
        (isCalling ? (
          <BlowForm
            hazardId={hazardId}
            onDone={(next) => {
              setCalling(false)
              if (next) changed(next, t('dispatch.whistle.blown'))
            }}
          />
        ) : (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconSpeakerphone size={16} aria-hidden="true" />}
            onClick={() => setCalling(true)}
            data-testid="whistle-blow"
          >
            {t('dispatch.whistle.blow')}
          </Button>
        ))}
      <output className="gw-unseen" aria-live="polite">
        {said}
      </output>
    </section>
  )
}

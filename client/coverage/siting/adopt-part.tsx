import { Button, Select, TextInput } from '@mantine/core'
import { IconMapPinCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Analysis } from '../../../geodata/coverage/analysis.schema.ts'
import { FACILITY_KINDS } from '../../../geodata/facilities/facility.schema.ts'
import { SITE_TYPES, type SiteType } from '../../../geodata/patrols/site-types.ts'
import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMay } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'
import { type Adoption, adopt, adoptionOf } from './adopt.ts'
import { readParams } from './read-params.ts'

interface AdoptPartProps {
  analysis: Analysis
  result: SitingResult
  step: SitingResult['steps'][number]
}

const today = () => {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** From proposal to plan: the new places as planned facilities with works, or as checkpoints. */
export function AdoptPart({ analysis, result, step }: AdoptPartProps) {
  const { t, lang } = useTexts()
  const mayEdit = useMay('edit')
  const kind = readParams(analysis.params).kinds[0]!
  const [as, setAs] = useState<Adoption['as']>('facilities')
  const [siteType, setSiteType] = useState<SiteType>('other')
  const [title, setTitle] = useState(t('siting.worksTitleUsual', { kind: FACILITY_KINDS[kind][lang] }))
  const [startsOn, setStartsOn] = useState(today)
  const [endsOn, setEndsOn] = useState('')
  const named = new Map(result.sites.map((site) => [site.number, site]))
  // What stands already and stays is not built again.
  const standing = result.candidates.existing ?? 0
  const places = step.sites
    .filter(({ number }) => number > standing)
    .map(({ number, lngLat }) => {
      const site = named.get(number)
      const origin = site ? t(`siting.place.${site.origin}`) : t('siting.site')
      return { lngLat, name: site?.name ?? t('siting.siteNumber', { origin, number }) }
    })
  const isBackwards = endsOn !== '' && endsOn < startsOn
  const save = useMutation({
    mutationFn: () =>
      adopt(
        adoptionOf(
          places,
          as === 'checkpoints'
            ? { as, siteType }
            : { as, kind, works: { title: title.trim(), startsOn, endsOn: endsOn || null } },
        ),
        t('siting.adoptNote', { title: analysis.title }),
      ),
    onSuccess: (undo) =>
      toastDone(
        t(as === 'facilities' ? 'siting.adopted' : 'siting.adoptedPoints', { count: places.length }),
        { undo },
      ),
  })
  if (!mayEdit || places.length === 0) return null
  const isReady = as === 'checkpoints' || (title.trim() !== '' && startsOn !== '' && !isBackwards)
  return (
    <details className="gw-siting-adopt" data-testid="siting-adopt">
      <summary>{t('siting.adopt')}</summary>
      <form
        className="gw-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && !save.isPending) save.mutate()
        }}
      >
        <p className="gw-hint">{t('siting.adoptHint')}</p>
        <Select
          label={t('siting.adoptAs')}
          allowDeselect={false}
          value={as}
          onChange={(next) => setAs(next === 'checkpoints' ? 'checkpoints' : 'facilities')}
          data={[
            { value: 'facilities', label: t('siting.asFacilities', { kind: FACILITY_KINDS[kind][lang] }) },
            { value: 'checkpoints', label: t('siting.asCheckpoints') },
          ]}
          data-testid="siting-adopt-as"
        />
        {as === 'checkpoints' ? (
          <Select
            label={t('siting.siteType')}
            allowDeselect={false}
            value={siteType}
            onChange={(next) => next && setSiteType(next as SiteType)}
            data={Object.entries(SITE_TYPES).map(([value, names]) => ({ value, label: names[lang] }))}
          />
        ) : (
          <>
            <TextInput
              label={t('siting.worksTitle')}
              maxLength={120}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <div className="gw-pair">
              <TextInput
                type="date"
                label={t('siting.startsOn')}
                value={startsOn}
                onChange={(event) => setStartsOn(event.currentTarget.value)}
              />
              <TextInput
                type="date"
                label={t('siting.endsOn')}
                min={startsOn}
                value={endsOn}
                error={isBackwards && t('siting.datesWrong')}
                onChange={(event) => setEndsOn(event.currentTarget.value)}
              />
            </div>
          </>
        )}
        <ProblemAlert error={save.error} />
        <Button
          type="submit"
          leftSection={<IconMapPinCheck size={16} />}
          loading={save.isPending}
          disabled={!isReady}
          data-testid="siting-adopt-do"
        >
          {t('siting.adoptDo', { count: places.length })}
        </Button>
      </form>
    </details>
  )
}

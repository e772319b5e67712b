import './campaigns.css'
import { Button, UnstyledButton } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PREMISES_KINDS } from '../../geodata/campaigns/premises.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import { listAlarms, listPremises } from '../api/campaigns.ts'
import { FactList } from '../ui/fact-list.tsx'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { keepFocus } from '../ui/keep-focus.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import { AlarmForm } from './alarms/alarm-form.tsx'
import { AlarmMark } from './alarms/alarm-mark.tsx'
import { PremisesForm } from './premises/premises-form.tsx'
import { PremisesMark } from './premises/premises-mark.tsx'
import { PremisesView } from './premises/premises-view.tsx'
import { texts } from './texts.ts'

addTexts(texts)

interface SafetyTabProps {
  feature: StoredFeature
  onSelect(at: string | undefined): void
}

/** The fire safety of a building: its smoke alarms, and the premises in it. */
export default function SafetyTab({ feature, onSelect }: SafetyTabProps) {
  const { t } = useTexts()
  const [open, setOpen] = useState<number>()
  return (
    <div className="gw-campaigns" ref={keepFocus} data-testid="safety-tab">
      {open !== undefined && (
        <PremisesView
          key={open}
          id={open}
          backLabel={t('premises.inBuilding')}
          onBack={() => setOpen(undefined)}
          select={onSelect}
        />
      )}
      {open === undefined && <Both building={feature.id} onOpen={setOpen} />}
    </div>
  )
}

function Both({ building, onOpen }: { building: number; onOpen(premises: number): void }) {
  return (
    <>
      <Alarms key={`alarms ${building}`} building={building} />
      <PremisesHere key={`premises ${building}`} building={building} onOpen={onOpen} />
    </>
  )
}

function Alarms({ building }: { building: number }) {
  const { t } = useTexts()
  const may = useMay('verify')
  const [editing, setEditing] = useState(false)
  const found = useQuery({
    queryKey: ['smoke-alarms', 'of', building],
    queryFn: () => listAlarms({ building, limit: 1 }),
  })
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const alarm = found.data.alarms[0]
  return (
    <section aria-label={t('campaigns.parts.alarms')}>
      <h3>{t('campaigns.parts.alarms')}</h3>
      {editing ? (
        <AlarmForm building={building} alarm={alarm} onDone={() => setEditing(false)} />
      ) : (
        <>
          {alarm ? (
            <>
              <p className="gw-campaign-now">
                <AlarmMark alarm={alarm} />
              </p>
              <FactList
                facts={[
                  { label: t('alarms.number'), value: String(alarm.count) },
                  { label: t('alarms.installedOn'), value: alarm.installedOn ?? t('facts.unknown') },
                  { label: t('alarms.batteryOn'), value: alarm.batteryOn ?? '—' },
                  { label: t('alarms.testedOn'), value: alarm.testedOn ?? '—' },
                ]}
              />
            </>
          ) : (
            <p className="gw-hint">{t('alarms.noRecord')}</p>
          )}
          {may && (
            <Button
              size="compact-md"
              variant="default"
              leftSection={
                alarm ? (
                  <IconPencil size={16} aria-hidden="true" />
                ) : (
                  <IconPlus size={16} aria-hidden="true" />
                )
              }
              onClick={() => setEditing(true)}
              data-testid="alarm-edit"
            >
              {t(alarm ? 'alarms.edit' : 'alarms.add')}
            </Button>
          )}
        </>
      )}
    </section>
  )
}

function PremisesHere({ building, onOpen }: { building: number; onOpen(premises: number): void }) {
  const { t, lang } = useTexts()
  const may = useMay('campaign')
  const [filing, setFiling] = useState(false)
  const found = useQuery({
    queryKey: ['premises', 'of', building],
    queryFn: () => listPremises({ building, limit: 100 }),
  })
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  return (
    <section aria-label={t('campaigns.parts.premises')}>
      <h3>{t('campaigns.parts.premises')}</h3>
      {found.data.premises.length === 0 && <p className="gw-hint">{t('premises.noneHere')}</p>}
      <ul className="gw-campaign-list">
        {found.data.premises.map((each) => (
          <li key={each.id}>
            <UnstyledButton
              className="gw-campaign-row"
              onClick={() => onOpen(each.id)}
              data-testid="premises-here"
            >
              <b>{each.name}</b>
              <PremisesMark premises={each} />
              <small>{PREMISES_KINDS[each.kind][lang]}</small>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {may &&
        (filing ? (
          <PremisesForm of={{ building }} onDone={() => setFiling(false)} />
        ) : (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setFiling(true)}
            data-testid="premises-file"
          >
            {t('premises.file')}
          </Button>
        ))}
    </section>
  )
}

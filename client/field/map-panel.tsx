import { IconChevronUp, IconMap } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { Boundary } from '../ui/boundary.tsx'
import { useTexts } from '../ui/i18n.ts'
import type { FieldMapProps } from './map/field-map.tsx'
import { useMapChoices } from './map-choices.ts'

// The worker keeps it, so that it opens without a network as well.
const FieldMap = lazy(() => import('./map/field-map.tsx'))

type MapPanelProps = Omit<FieldMapProps, 'isHeadingUp' | 'onHeadingUp'>

/** The map of the round, for whoever opens it: the list and the arrow say the same. */
export function MapPanel(props: MapPanelProps) {
  const { t } = useTexts()
  const [{ isOpen, isHeadingUp }, change] = useMapChoices()
  const panel = useRef<HTMLElement>(null)
  const wasPressed = useRef(false)
  useEffect(() => {
    if (isOpen && wasPressed.current) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  if (props.round.stops.length === 0 && props.round.path.length === 0) return null
  return (
    <section ref={panel} className="gw-field-map-panel">
      <button
        type="button"
        className="gw-field-button gw-field-map-toggle"
        aria-expanded={isOpen}
        data-testid="field-map-toggle"
        onClick={() => {
          wasPressed.current = true
          change({ isOpen: !isOpen })
        }}
      >
        {isOpen ? <IconChevronUp size={20} /> : <IconMap size={20} />}
        {t(isOpen ? 'field.mapClose' : 'field.mapOpen')}
      </button>
      {isOpen && (
        <Boundary instead={<p className="gw-field-quiet">{t('field.mapFailed')}</p>}>
          <Suspense fallback={<div className="gw-field-map" aria-busy />}>
            <FieldMap
              {...props}
              isHeadingUp={isHeadingUp}
              onHeadingUp={(is) => change({ isHeadingUp: is })}
            />
          </Suspense>
        </Boundary>
      )}
    </section>
  )
}

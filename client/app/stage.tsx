import { Loader } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { MapViewProps } from '../map/map-view.tsx'
import { Boundary } from '../ui/boundary.tsx'
import { useTexts } from '../ui/i18n.ts'
import { MODULES } from './registry.ts'

const MapView = lazy(() => import('../map/map-view.tsx'))

/** The map behind the panels; without WebGL or before it is loaded, a word about it. */
export function Stage(props: Omit<MapViewProps, 'modules' | 'label'>) {
  const { t } = useTexts()
  return (
    <main className="gw-stage" id="map" tabIndex={-1}>
      <Boundary
        instead={
          <p className="gw-opening" role="alert">
            {t('map.noWebgl')}
          </p>
        }
      >
        <Suspense
          fallback={
            <div className="gw-opening">
              <Loader size="sm" /> {t('map.loading')}
            </div>
          }
        >
          <MapView {...props} modules={MODULES} label={t('map.label')} />
        </Suspense>
      </Boundary>
    </main>
  )
}

import { Alert, Checkbox } from '@mantine/core'
import { IconWorld } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { LAYERS } from '../../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../../geodata/shared/layer.ts'
import { getSettings, patchSettings } from '../../api/settings.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'

const KEY = ['settings']

/** Layers that anyone may read without signing in. Each tick takes effect at once, and can be taken back at once. */
export default function PublishedSection() {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const settings = useQuery({ queryKey: KEY, queryFn: getSettings })
  const publish = useMutation({
    mutationFn: ({ version, layers }: { version: number; layers: LayerId[] }) =>
      patchSettings(version, { publishedLayers: layers }),
    onSuccess: (saved, _) => {
      const before = settings.data?.values.publishedLayers ?? []
      queries.setQueryData(KEY, saved)
      toastDone(t('admin.publishedSaved', { count: saved.values.publishedLayers.length }), {
        undo: async () => {
          queries.setQueryData(KEY, await patchSettings(saved.version, { publishedLayers: before }))
        },
      })
    },
    onError: (error) => {
      toastFailed(error)
      void queries.invalidateQueries({ queryKey: KEY })
    },
  })
  if (!settings.data) return <LoadState error={settings.error} onRetry={() => void settings.refetch()} />
  const { version, values } = settings.data
  const published = values.publishedLayers
  return (
    <div className="gw-admin-text">
      <Alert
        color="orange"
        variant="light"
        icon={<IconWorld size={20} aria-hidden="true" />}
        title={t('admin.publishedTitle')}
      >
        {t('admin.publishedWarning')}
      </Alert>
      <ul className="gw-published">
        {LAYER_IDS.map((layer) => (
          <li key={layer} className="gw-publish">
            <Checkbox
              label={LAYERS[layer].title[lang]}
              checked={published.includes(layer)}
              disabled={publish.isPending}
              onChange={() =>
                publish.mutate({
                  version,
                  layers: LAYER_IDS.filter((each) => published.includes(each) !== (each === layer)),
                })
              }
              data-testid={`publish-${layer}`}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

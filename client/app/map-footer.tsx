import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import { useTexts } from '../ui/i18n.ts'

/** Bottom left, under the scale: whose data this is and the map's review number, as the law and licences ask. */
export function MapFooter({ workspace }: { workspace: Workspace }) {
  const { t } = useTexts()
  const sources = [...new Set(workspace.attributions.map((source) => source.attribution))]
  return (
    <footer className="gw-foot">
      {workspace.demo && <b className="gw-demo gw-foot-demo">{t('app.demo')}</b>}
      {sources.length > 0 && (
        <span>
          {t('map.attribution')} {sources.join(' · ')}
        </span>
      )}
      <span className={workspace.reviewNumber ? undefined : 'gw-foot-more'}>
        {workspace.reviewNumber ? `${t('map.review')} ${workspace.reviewNumber}` : t('map.noReview')}
      </span>
    </footer>
  )
}

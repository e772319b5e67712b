import type { Visit } from '../../../geodata/campaigns/campaign.schema.ts'
import type { Checklist } from '../../../geodata/campaigns/checklist.schema.ts'
import { photoUrl } from '../../api/notes.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useItems } from '../use-items.ts'
import { itemNamed, listed } from '../words.ts'

interface VisitHistoryProps {
  visits: readonly Visit[]
  checklist: Checklist
  select(at: string | undefined): void
}

/** All visits of a place, the newest first; each in the words of the checklist that it was done with. */
export function VisitHistory({ visits, checklist, select }: VisitHistoryProps) {
  const { t } = useTexts()
  return (
    <section aria-label={t('campaigns.visits')}>
      <h3>{t('campaigns.visits')}</h3>
      {visits.length === 0 && <p className="gw-hint">{t('campaigns.noVisits')}</p>}
      <ol className="gw-campaign-list">
        {visits.map((visit) => (
          <li key={visit.id} className="gw-visit-past" data-testid="visit">
            <PastVisit visit={visit} checklist={checklist} select={select} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function PastVisit({ visit, checklist, select }: Omit<VisitHistoryProps, 'visits'> & { visit: Visit }) {
  const { t, lang, enums } = useTexts()
  const { at, actor, outcome, findings, measures, note, photos, reinspectOn, checklistId, checklistVersion } =
    visit
  const isOther = checklistId !== checklist.id || checklistVersion !== checklist.version
  const list = useItems([checklist], checklistId, checklistVersion)
  return (
    <>
      <small>
        {formatTime(at)} · {actor}
        {isOther &&
          ` · ${[list?.name, t('campaigns.ofVersion', { version: checklistVersion })].filter(Boolean).join(' ')}`}
      </small>
      {outcome === 'no-access' ? (
        <b>{t('campaigns.shut')}</b>
      ) : (
        <b>
          {findings.length === 0
            ? t('campaigns.nothingFound')
            : t('campaigns.found', { count: findings.length })}
        </b>
      )}
      {findings.length > 0 && (
        <ul>
          {findings.map((found) => (
            <li key={found.code}>
              {itemNamed(list?.findings, found.code, lang)}
              {found.fixed && ` · ${t('campaigns.fixed')}`}
              {found.note && ` · ${found.note}`}
              {found.hazardId !== null && (
                <>
                  {' · '}
                  <button
                    type="button"
                    className="gw-link"
                    onClick={() => select(`hazards/${found.hazardId}`)}
                  >
                    {t('campaigns.case', {
                      state: found.hazardState ? enums('state', found.hazardState) : t('campaigns.gone'),
                    })}
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {measures.length > 0 && (
        <span>
          {t('campaigns.did', {
            measures: listed(
              measures.map((code) => itemNamed(list?.measures, code, lang)),
              lang,
            ),
          })}
        </span>
      )}
      {note && <span>{note}</span>}
      {reinspectOn && <small>{t('campaigns.againOn', { day: reinspectOn })}</small>}
      {photos.length > 0 && (
        <div className="gw-visit-photos">
          {photos.map((id) => (
            <a key={id} href={photoUrl(id, 'full')} target="_blank" rel="noreferrer">
              <img src={photoUrl(id, 'thumb')} alt={t('campaigns.photo')} />
            </a>
          ))}
        </div>
      )}
    </>
  )
}

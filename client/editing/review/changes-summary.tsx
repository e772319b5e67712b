import type { Touched } from '../../../geodata/editing/draft.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { LAYER_IDS } from '../../../geodata/shared/layer.ts'
import { useTexts } from '../../ui/i18n.ts'
import { fieldLabel, valueText } from '../../ui/words/property-words.ts'
import { nameOf } from '../name-of.ts'
import type { Session } from '../session.ts'
import { refKey } from '../working-set.ts'
import { RowList } from './row-list.tsx'
import { zoomToFeature } from './zoom-to.ts'

const SIGN = { new: '+', changed: '~', deleted: '×' } as const

/** What will be saved: how many of each layer, and each feature with what changes of it. */
export function ChangesSummary({ touched, session }: { touched: readonly Touched[]; session: Session }) {
  const words = useTexts()
  const { t, lang } = words
  const layers = LAYER_IDS.map((layer) => ({
    layer,
    entries: touched.filter((entry) => entry.layer === layer),
  })).filter(({ entries }) => entries.length > 0)
  const told = ({ layer, state, fields, base, now }: Touched): string => {
    if (state !== 'changed' || !base || !now) return t(`review.state.${state}`)
    return fields
      .map((field) =>
        field === 'geometry'
          ? fieldLabel(field, words)
          : `${fieldLabel(field, words)} ${valueText(layer, field, base.properties[field], words)} → ${valueText(layer, field, now.properties[field], words)}`,
      )
      .join(lang === 'zh' ? '；' : '; ')
  }
  return (
    <section data-testid="review-changes">
      <h4>{t('review.changes')}</h4>
      {layers.map(({ layer, entries }) => {
        const counts = (['new', 'changed', 'deleted'] as const).flatMap((state) => {
          const count = entries.filter((entry) => entry.state === state).length
          return count > 0 ? [t(`review.counts.${state}`, { count })] : []
        })
        return (
          <details key={layer} open={entries.length <= 8}>
            <summary>
              {LAYERS[layer].title[lang]} <small>{counts.join(' · ')}</small>
            </summary>
            <RowList
              rows={entries.map((entry) => ({
                key: refKey(entry),
                title: (
                  <>
                    <b aria-hidden="true">{SIGN[entry.state]}</b>{' '}
                    {nameOf(entry.now ?? entry.base, entry) || LAYERS[layer].noun[lang]}
                  </>
                ),
                detail: told(entry),
                zoom: () => void zoomToFeature(session, entry),
              }))}
            />
          </details>
        )
      })}
    </section>
  )
}

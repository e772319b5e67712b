import '../cases.css'
import './work-lists.css'
import { Chip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getFacets } from '../../api/lists.ts'
import { formatCount } from '../../ui/format.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { usePermissions } from '../../ui/session.ts'
import type { WorkList } from '../../ui/work-list.ts'
import { texts as caseTexts } from '../texts.ts'
import { permissionOf } from './bulk-actions.ts'
import { CaseList } from './case-list.tsx'
import { texts } from './texts.ts'
import { listsOf } from './work-lists.ts'

addTexts(caseTexts)
addTexts(texts)

interface WorkListsProps {
  /** The list that the URL names. */
  shown: string | undefined
  onShow(list: string): void
  onOpen(id: number): void
  /** Lists of other features. */
  more: readonly WorkList[]
}

/** What there is to do, as lists by step; those that somebody works through who may. */
export function WorkLists({ shown, onShow, onOpen, more }: WorkListsProps) {
  const { t } = useTexts()
  const may = usePermissions()
  const lists = listsOf(may)
  const other = more.find(({ id }) => id === shown)
  const list = lists.find(({ id }) => id === shown) ?? lists.find(({ id }) => id === 'mine') ?? lists[0]!
  const facets = useQuery({
    queryKey: ['facets', 'hazards', 'work-lists'],
    queryFn: ({ signal }) => getFacets('hazards', {}, signal),
  })
  const byState = facets.data?.facets.find(({ property }) => property === 'state')
  const countOf = (states: readonly string[]) =>
    byState?.values.reduce((sum, { value, count }) => sum + (states.includes(value) ? count : 0), 0)
  const name = t(`worklists.${list.id}`)
  return (
    <>
      <h3>{t('worklists.title')}</h3>
      <fieldset className="gw-work-lists">
        <legend className="gw-unseen">{t('worklists.title')}</legend>
        <Chip.Group value={other?.id ?? list.id} onChange={onShow}>
          {lists.map(({ id, states }) => {
            const count = states && countOf(states)
            return (
              <Chip key={id} value={id} size="xs" variant="outline" data-testid={`work-list-${id}`}>
                {t(`worklists.${id}`)} {count !== undefined && <b>{formatCount(count)}</b>}
              </Chip>
            )
          })}
          {more.map(({ id, name, count }) => (
            <Chip key={id} value={id} size="xs" variant="outline" data-testid={`work-list-${id}`}>
              {name} {count !== undefined && <b>{formatCount(count)}</b>}
            </Chip>
          ))}
        </Chip.Group>
      </fieldset>
      {other?.list ?? (
        <CaseList
          key={list.id}
          name={name}
          none={t(list.id === 'mine' ? 'worklists.noneMine' : 'worklists.none')}
          query={list.query}
          bulk={(list.bulk ?? []).filter((action) => may(permissionOf(action)))}
          onOpen={onOpen}
        />
      )}
    </>
  )
}

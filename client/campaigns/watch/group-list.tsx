import { Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { listFireWatch } from '../../api/campaigns.ts'
import { useTexts } from '../../ui/i18n.ts'
import { Rows, usePages, useTyped } from '../rows.tsx'
import { keeping } from '../use-kept.ts'
import { listed } from '../words.ts'

const PAGE = 30
const useOverdue = keeping(false)
const useWords = keeping('')

/** Fire-watch groups, with what is overdue by the norms. */
export function GroupList({ setAsk }: { setAsk(next: string | undefined): void }) {
  const { t, lang } = useTexts()
  const [overdue, setOverdue] = useOverdue()
  const { q, typed, setTyped } = useTyped(useWords())
  const found = usePages(['fire-watch', overdue, q], (cursor) =>
    listFireWatch({ overdue, q, cursor, limit: PAGE }),
  )
  return (
    <>
      <p className="gw-hint">{t('watch.lead')}</p>
      <TextInput
        aria-label={t('watch.search')}
        placeholder={t('watch.search')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Checkbox
        className="gw-visit-tick"
        label={t('watch.overdueOnly')}
        checked={overdue}
        onChange={(event) => setOverdue(event.currentTarget.checked)}
      />
      <Rows
        found={found}
        rowsOf={({ groups }) => groups}
        keyOf={({ holder }) => holder}
        onOpen={({ holder }) => setAsk(`watch/${holder}`)}
        none={t(q ? 'campaigns.nothingHere' : overdue ? 'watch.noneOverdue' : 'watch.none')}
        testId="group-row"
      >
        {({ holder, members, leader, overdue: late }) => (
          <>
            <b>{holder}</b>
            <small>
              {t('watch.members', { count: members })} ·{' '}
              {leader ? t('watch.leader', { leader }) : t('watch.noLeader')}
            </small>
            {late.length > 0 && (
              <em data-tone="critical">
                {t('watch.overdue', {
                  kinds: listed(
                    late.map((kind) => t(`watch.kinds.${kind}`)),
                    lang,
                  ),
                })}
              </em>
            )}
          </>
        )}
      </Rows>
    </>
  )
}

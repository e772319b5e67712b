import { Badge, Button } from '@mantine/core'
import { IconDeviceTv, IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { PERMISSIONS } from '../../../geodata/access/permissions.ts'
import { ROLES } from '../../../geodata/access/roles.ts'
import type { Token } from '../../../geodata/access/token.schema.ts'
import { listTokens, revokeToken } from '../../api/access.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import type { SectionProps } from '../../ui/sections/section-props.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { areaWords } from '../area-words.ts'
import { FreshSecret, useSecretsEndHere } from './fresh-secret.tsx'
import { TokenForm } from './token-form.tsx'

/** Keys for QGIS and scripts, and for wall screens; whoever manages people sees everyone's. */
export default function TokensSection({ session, cell }: SectionProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  useSecretsEndHere()
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: listTokens })
  const refresh = () => queries.invalidateQueries({ queryKey: ['tokens'] })
  const revoke = useMutation({
    mutationFn: (token: Token) => revokeToken(token.id),
    onSuccess: (_, { name }) => toastDone(t('admin.tokenRevoked', { name })),
    onError: toastFailed,
    onSettled: refresh,
  })
  const words = ({ owner, role, scopes, area, expiresAt, lastUsedAt, revokedAt }: Token) =>
    [
      owner,
      ROLES[role][lang],
      scopes?.map((scope) => PERMISSIONS[scope][lang]).join(lang === 'zh' ? '、' : ', '),
      areaWords(area, t),
      revokedAt
        ? t('admin.revokedAt', { time: formatTime(revokedAt) })
        : expiresAt && t('admin.expiresAt', { time: formatTime(expiresAt) }),
      lastUsedAt ? t('admin.lastUsed', { time: formatTime(lastUsedAt) }) : t('admin.neverUsed'),
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <div className="gw-admin-split" data-open={adding || undefined}>
      <div className="gw-admin-list">
        <div className="gw-admin-bar">
          <p className="gw-hint">{t('admin.tokensHint')}</p>
          <Button
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setAdding(true)}
            data-testid="token-add"
          >
            {t('admin.addToken')}
          </Button>
        </div>
        <FreshSecret />
        {!tokens.data ? (
          <LoadState error={tokens.error} onRetry={() => void tokens.refetch()} />
        ) : (
          <ul className="gw-rows" data-testid="token-list">
            {tokens.data.map((token) => {
              const Sign = token.kind === 'kiosk' ? IconDeviceTv : IconKey
              const over =
                token.revokedAt !== null ||
                (token.expiresAt !== null && Date.parse(token.expiresAt) < Date.now())
              return (
                <li key={token.id} data-off={over || undefined}>
                  <Sign size={18} stroke={1.6} aria-hidden="true" />
                  <span className="gw-row-text">
                    <b>{token.name}</b>
                    <small>{words(token)}</small>
                  </span>
                  {over ? (
                    <Badge color="gray" variant="light">
                      {t(token.revokedAt ? 'admin.revoked' : 'admin.expired')}
                    </Badge>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t('admin.revokeToken', { name: token.name })}
                      onClick={() => revoke.mutate(token)}
                      data-testid="token-revoke"
                    >
                      {t('admin.revoke')}
                    </Button>
                  )}
                </li>
              )
            })}
            {tokens.data.length === 0 && <li className="gw-hint">{t('admin.noTokens')}</li>}
          </ul>
        )}
      </div>
      {adding && (
        <TokenForm
          session={session}
          cell={cell}
          onDone={() => {
            setAdding(false)
            void refresh()
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  )
}

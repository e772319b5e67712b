import { Button, Checkbox, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import { PERMISSIONS } from '../../../geodata/access/permissions.ts'
import type { Session } from '../../../geodata/access/session.schema.ts'
import { TOKEN_SCOPES } from '../../../geodata/access/token.schema.ts'
import { createToken } from '../../api/access.ts'
import { AreaPicker, type PickedArea } from '../../ui/area-picker/area-picker.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { Detail } from '../../ui/sections/detail.tsx'
import { nameFault } from '../credential-faults.ts'
import { showSecret } from './fresh-secret.tsx'

interface TokenFormProps {
  session: Session
  cell: AreaCell | undefined
  onDone(): void
  onClose(): void
}

const DAYS = ['', '30', '90', '365'] as const
const DAY_MS = 86_400_000

/** A new token: it may at most what its owner may, where its owner may. */
export function TokenForm({ session, cell, onDone, onClose }: TokenFormProps) {
  const { t, lang } = useTexts()
  const [kind, setKind] = useState<'token' | 'kiosk'>('token')
  const [name, setName] = useState('')
  const offered = TOKEN_SCOPES.options.filter((scope) => session.permissions.includes(scope))
  const [scopes, setScopes] = useState<readonly (typeof offered)[number][]>(['read'])
  const [days, setDays] = useState<string>('90')
  const [area, setArea] = useState<PickedArea>({ everywhere: true, cells: [] })
  const [touched, setTouched] = useState(false)
  const wrong = nameFault(name) !== undefined || (kind === 'token' && scopes.length === 0)
  const create = useMutation({
    mutationFn: () =>
      createToken({
        name: name.trim(),
        kind,
        ...(kind === 'token' ? { scopes: [...scopes] } : {}),
        everywhere: area.everywhere,
        area: area.everywhere ? [] : area.cells.map(({ code }) => code),
        ...(days ? { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() } : {}),
      }),
    onSuccess: ({ token, secret }) => {
      showSecret({ title: token.name, secret })
      onDone()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    setTouched(true)
    if (!wrong) create.mutate()
  }
  return (
    <Detail title={t('admin.addToken')} onClose={onClose}>
      <form className="gw-form" onSubmit={submit} noValidate data-testid="token-form">
        {session.permissions.includes('people') && (
          <SegmentedControl
            size="xs"
            aria-label={t('admin.tokenKind')}
            value={kind}
            onChange={(next) => setKind(next === 'kiosk' ? 'kiosk' : 'token')}
            data={[
              { value: 'token', label: t('admin.kinds.token') },
              { value: 'kiosk', label: t('admin.kinds.kiosk') },
            ]}
          />
        )}
        <p className="gw-hint">{t(kind === 'kiosk' ? 'admin.kioskHint' : 'admin.tokenHint')}</p>
        <TextInput
          label={t('admin.tokenName')}
          placeholder={t(kind === 'kiosk' ? 'admin.kioskExample' : 'admin.tokenExample')}
          value={name}
          maxLength={80}
          autoFocus
          error={touched && nameFault(name) && t('access.nameMissing')}
          onChange={(event) => setName(event.currentTarget.value)}
          data-testid="token-name"
        />
        {kind === 'token' && (
          <fieldset className="gw-area-picker">
            <legend>{t('admin.scopes')}</legend>
            {offered.map((scope) => (
              <Checkbox
                key={scope}
                size="xs"
                label={PERMISSIONS[scope][lang]}
                checked={scopes.includes(scope)}
                onChange={() =>
                  setScopes((old) =>
                    old.includes(scope) ? old.filter((each) => each !== scope) : [...old, scope],
                  )
                }
                data-testid={`scope-${scope}`}
              />
            ))}
            {touched && scopes.length === 0 && (
              <p className="gw-wrong" role="alert">
                {t('admin.scopeMissing')}
              </p>
            )}
          </fieldset>
        )}
        <AreaPicker
          label={t('access.area')}
          value={area}
          onChange={setArea}
          selected={cell}
          everywhereLabel={t(session.area === 'everywhere' ? 'access.everywhere' : 'admin.ownArea')}
        />
        <NativeSelect
          label={t('admin.expires')}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={DAYS.map((value) => ({
            value,
            label: value
              ? t('admin.inDays', { count: Number(value) })
              : t(kind === 'kiosk' ? 'admin.whileUsed' : 'admin.never'),
          }))}
        />
        <ProblemAlert error={create.error} />
        <Button type="submit" loading={create.isPending} data-testid="token-create">
          {t('admin.create')}
        </Button>
      </form>
    </Detail>
  )
}

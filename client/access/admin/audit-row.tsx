import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { AuditEntry } from '../../../geodata/access/audit.schema.ts'
import { AUDIT_KINDS } from '../../../geodata/access/audit.ts'
import { PERMISSIONS } from '../../../geodata/access/permissions.ts'
import { ROLES } from '../../../geodata/access/roles.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { LAYER_IDS } from '../../../geodata/shared/layer.ts'
import { formatTime } from '../../ui/format.ts'
import { type Language, useTexts } from '../../ui/i18n.ts'
import { fieldLabel, valueText } from '../../ui/words/property-words.ts'
import { compareMembers } from './compare-members.ts'

/** Members whose values are names of the product's own. */
const NOUNS: Record<string, Record<string, Record<Language, string>>> = {
  role: ROLES,
  scopes: PERMISSIONS,
  publishedLayers: Object.fromEntries(LAYER_IDS.map((layer) => [layer, LAYERS[layer].title])),
}

/** What the trail keeps besides fields of features. */
const MEMBERS = {
  username: 'access.username',
  role: 'access.role',
  area: 'access.area',
  owner: 'admin.members.owner',
  scopes: 'admin.scopes',
  disabled: 'admin.disabled',
  expiresAt: 'admin.expires',
  revokedAt: 'admin.revoked',
  how: 'admin.members.how',
  what: 'admin.members.what',
  rows: 'admin.members.rows',
  outcome: 'admin.members.outcome',
  filter: 'admin.members.filter',
  format: 'admin.members.format',
  fileName: 'admin.members.fileName',
  text: 'admin.members.text',
  areaName: 'access.areaName',
  divisionCode: 'access.division',
  reviewNumber: 'access.review',
  publishedLayers: 'section.published',
} as const

interface AuditRowProps {
  entry: AuditEntry
  open: boolean
  onToggle(): void
  onSelect(at: string): void
}

/** One entry: a line, and on asking what was before and after, field by field. */
export function AuditRow({ entry, open, onToggle, onSelect }: AuditRowProps) {
  const { t, lang } = useTexts()
  const { at, actor, kind, layer, featureId, from } = entry
  const subject = [layer && LAYERS[layer].noun[lang], nameOf(entry) ?? featureId].filter(Boolean).join(' · ')
  return (
    <div className="gw-audit-entry" data-open={open || undefined}>
      <button
        type="button"
        className="gw-audit-line"
        aria-expanded={open}
        onClick={onToggle}
        data-testid="audit-entry"
      >
        {open ? (
          <IconChevronDown size={14} aria-hidden="true" />
        ) : (
          <IconChevronRight size={14} aria-hidden="true" />
        )}
        <time dateTime={at}>{formatTime(at)}</time>
        <b>{actor}</b>
        <span>{AUDIT_KINDS[kind][lang]}</span>
        <span className="gw-audit-subject">{subject}</span>
        <small>{from}</small>
      </button>
      {open && (
        <div className="gw-audit-more">
          <Difference entry={entry} />
          <p className="gw-hint">
            {t('admin.entry', { id: entry.id })}
            {entry.requestId && ` · ${t('admin.request', { id: entry.requestId })}`}
          </p>
          {layer && featureId !== null && (
            <button
              type="button"
              className="gw-link"
              onClick={() => onSelect(`${layer}/${featureId}`)}
              data-testid="audit-show"
            >
              {t('admin.showOnMap')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function Difference({ entry: { layer, before, after, detail } }: { entry: AuditEntry }) {
  const texts = useTexts()
  const { t, lang } = texts
  const members = [...compareMembers(before, after), ...compareMembers(null, detail)]
  if (members.length === 0) return <p className="gw-hint">{t('admin.noDifference')}</p>
  const words = (name: string, value: unknown) => {
    if (value === undefined) return '—'
    if (name === 'geometry') return t('admin.shape')
    if (layer && (typeof value !== 'object' || value === null)) return valueText(layer, name, value, texts)
    if (typeof value === 'boolean') return t(value ? 'facts.yes' : 'facts.no')
    if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
      return value.map((each) => nounOf(name, each, lang)).join(lang === 'zh' ? '、' : ', ') || '—'
    return typeof value === 'string' ? nounOf(name, value, lang) : JSON.stringify(value)
  }
  return (
    <table className="gw-table gw-audit-table">
      <thead>
        <tr>
          <th scope="col">{t('admin.field')}</th>
          <th scope="col">{t('admin.before')}</th>
          <th scope="col">{t('admin.after')}</th>
        </tr>
      </thead>
      <tbody>
        {members.map(({ name, before: old, after: now }) => (
          <tr key={name}>
            <th scope="row">
              {name in MEMBERS ? t(MEMBERS[name as keyof typeof MEMBERS]) : fieldLabel(name, texts)}
            </th>
            <td>{words(name, old)}</td>
            <td>{words(name, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What a role, a permission or a layer is called; anything else stands for itself. */
const nounOf = (member: string, value: string, lang: Language): string =>
  NOUNS[member]?.[value]?.[lang] ?? value

/** What the entry is about calls itself, after or before. */
function nameOf({ before, after, detail }: AuditEntry): string | undefined {
  for (const state of [after, before, detail]) {
    const properties = state?.properties as Record<string, unknown> | undefined
    for (const members of [properties, state])
      for (const key of ['name', 'title', 'username', 'fileName', 'code']) {
        const value = members?.[key]
        if (typeof value === 'string' && value) return value
      }
  }
  return undefined
}

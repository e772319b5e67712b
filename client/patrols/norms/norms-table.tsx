import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { VisitNorm } from '../../../geodata/patrols/norm.schema.ts'
import { RISKS, SITE_TYPES, type SiteType } from '../../../geodata/patrols/site-types.ts'
import { formatMinutes } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { MinutesField } from './minutes-field.tsx'
import { NORM_FIELDS, type NormChanges, type NormField, normKey } from './norm-changes.ts'

interface NormsTableProps {
  stored: readonly VisitNorm[]
  changes: NormChanges
  /** undefined: they are only shown. */
  onChange: ((stored: VisitNorm, field: NormField, minutes: number) => void) | undefined
}

const LIMITS: Record<NormField, [least: number, most: number]> = {
  intervalMinutes: [1, 525_600],
  graceMinutes: [0, 525_600],
  serviceMinutes: [0, 1440],
}
const RANKED = [...RISKS].reverse()

/** A row for each site type with its intervals by risk; opened, everything about them. */
export function NormsTable({ stored, changes, onChange }: NormsTableProps) {
  const { t, lang, enums } = useTexts()
  const [open, setOpen] = useState<SiteType>()
  const normOf = (siteType: SiteType, risk: VisitNorm['risk']) =>
    stored.find((norm) => norm.siteType === siteType && norm.risk === risk)
  const minutesOf = (norm: VisitNorm, field: NormField) => changes[normKey(norm)]?.[field] ?? norm[field]
  const names: Record<NormField, string> = {
    intervalMinutes: t('norms.interval'),
    graceMinutes: t('norms.grace'),
    serviceMinutes: t('norms.service'),
  }
  return (
    <table className="gw-table">
      <caption className="gw-unseen">{t('norms.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('norms.siteType')}</th>
          {RANKED.map((risk) => (
            <th key={risk} scope="col" className="gw-number">
              {enums('risk', risk)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(Object.keys(SITE_TYPES) as SiteType[]).map((siteType) => (
          <Fragment key={siteType}>
            <tr>
              <th scope="row">
                <UnstyledButton
                  className="gw-norm-open"
                  aria-expanded={open === siteType}
                  onClick={() => setOpen(open === siteType ? undefined : siteType)}
                  data-testid={`norm-${siteType}`}
                >
                  {open === siteType ? (
                    <IconChevronDown size={14} aria-hidden="true" />
                  ) : (
                    <IconChevronRight size={14} aria-hidden="true" />
                  )}
                  {SITE_TYPES[siteType][lang]}
                </UnstyledButton>
              </th>
              {RANKED.map((risk) => {
                const norm = normOf(siteType, risk)
                const changed = norm && changes[normKey(norm)] !== undefined
                return (
                  <td key={risk} className="gw-number" data-changed={changed || undefined}>
                    {norm && formatMinutes(minutesOf(norm, 'intervalMinutes'), lang)}
                    {changed && <span title={t('norms.unsaved')}> *</span>}
                  </td>
                )
              })}
            </tr>
            {open === siteType && (
              <tr>
                <td colSpan={RISKS.length + 1} className="gw-norm-fields">
                  {RANKED.map((risk) => {
                    const norm = normOf(siteType, risk)
                    if (!norm) return null
                    return (
                      <fieldset key={risk}>
                        <legend>
                          {t('facts.risk')} · {enums('risk', risk)}
                        </legend>
                        {NORM_FIELDS.map((field) =>
                          onChange ? (
                            <MinutesField
                              key={field}
                              label={names[field]}
                              minutes={minutesOf(norm, field)}
                              least={LIMITS[field][0]}
                              most={LIMITS[field][1]}
                              changed={changes[normKey(norm)]?.[field] !== undefined}
                              onChange={(minutes) => onChange(norm, field, minutes)}
                              testId={`norm-${siteType}-${risk}-${field}`}
                            />
                          ) : (
                            <span key={field} className="gw-norm-figure">
                              <small>{names[field]}</small>
                              {formatMinutes(norm[field], lang)}
                            </span>
                          ),
                        )}
                      </fieldset>
                    )
                  })}
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

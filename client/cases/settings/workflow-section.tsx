import './settings.css'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { PERMISSIONS, type Permission } from '../../../geodata/access/permissions.ts'
import { ROLES } from '../../../geodata/access/roles.ts'
import type { Workflow } from '../../../geodata/hazards/case.schema.ts'
import { getWorkflow, WORKFLOW_KEY } from '../../api/cases.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay, useOwnArea } from '../../ui/session.ts'
import { isAction, type Labels, labelsOf } from '../labels.ts'
import { LabelsForm } from './labels-form.tsx'
import { texts } from './texts.ts'
import { WorkflowDiagram } from './workflow-diagram.tsx'

addTexts(texts)

type Action = Workflow['actions'][number]

/** How a case goes: drawn, and as a table that says who may do what, what it needs and which clocks it moves. */
export default function WorkflowSection() {
  const { t, lang } = useTexts()
  const workflow = useQuery({ queryKey: WORKFLOW_KEY, queryFn: getWorkflow, staleTime: Infinity })
  const everywhere = useOwnArea() === undefined
  const may = useMay('configure') && everywhere
  const labels = useMemo(() => labelsOf(workflow.data, lang), [workflow.data, lang])
  if (!workflow.data)
    return (
      <div className="gw-admin-text">
        <LoadState error={workflow.error} onRetry={() => void workflow.refetch()} />
      </div>
    )
  return (
    <div className="gw-admin-text" data-testid="workflow-section">
      <p className="gw-hint">{t('caseSettings.workflowLead')}</p>
      <WorkflowDiagram labels={labels} />
      <div className="gw-settings-scroll">
        <table className="gw-table gw-workflow-table">
          <caption className="gw-unseen">{t('caseSettings.actions')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('caseSettings.action')}</th>
              <th scope="col">{t('caseSettings.from')}</th>
              <th scope="col">{t('caseSettings.to')}</th>
              <th scope="col">{t('caseSettings.who')}</th>
              <th scope="col">{t('caseSettings.needs')}</th>
              <th scope="col">{t('caseSettings.clocks')}</th>
            </tr>
          </thead>
          <tbody>
            {workflow.data.actions.map((action) => (
              <Row key={action.action} action={action} labels={labels} />
            ))}
          </tbody>
        </table>
      </div>
      <h2>{t('caseSettings.names')}</h2>
      <p className="gw-hint">{t(may ? 'caseSettings.namesLead' : 'caseSettings.mayNot')}</p>
      {may && <LabelsForm workflow={workflow.data} />}
    </div>
  )
}

function Row({ action, labels }: { action: Action; labels: Labels }) {
  const { t, lang } = useTexts()
  const { from, to, permission, needs, starts, stops } = action
  const names = (list: readonly string[]) => list.join(t('caseSettings.comma'))
  const clocks = [
    ...stops.map((clock) => t('caseSettings.stops', { clock: labels.clock(clock) })),
    ...starts.map((clock) => t('caseSettings.starts', { clock: labels.clock(clock) })),
  ]
  return (
    <tr>
      <th scope="row">{isAction(action.action) ? labels.action(action.action) : action[lang]}</th>
      <td>{names(from.map(labels.state)) || '—'}</td>
      <td>{to ? labels.state(to) : t('caseSettings.stays')}</td>
      <td>
        {isPermission(permission) && (
          <>
            {PERMISSIONS[permission][lang]}
            <small>{names(rolesWith(permission).map((role) => role[lang]))}</small>
          </>
        )}
      </td>
      <td>{names(needs.map((need) => t(`caseSettings.need.${need}`))) || '—'}</td>
      <td>{names(clocks) || '—'}</td>
    </tr>
  )
}

const isPermission = (name: string): name is Permission => Object.hasOwn(PERMISSIONS, name)
/** The administrator, who may everything, is not named each time. */
const rolesWith = (permission: Permission) =>
  Object.entries(ROLES).flatMap(([name, role]) =>
    name !== 'administrator' && (role.permissions as readonly Permission[]).includes(permission)
      ? [role]
      : [],
  )

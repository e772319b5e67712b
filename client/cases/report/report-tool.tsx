import '../cases.css'
import './report.css'
import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFocus2 } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Case } from '../../../geodata/hazards/case.schema.ts'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import { SEVERITIES } from '../../../geodata/hazards/hazard.schema.ts'
import { addReportPhotos } from '../../api/case-photos.ts'
import { CASE_LISTS_KEY, findSimilar, reportCase } from '../../api/cases.ts'
import { getCellsAt } from '../../api/places.ts'
import { CentreCross } from '../../map/centre-cross.tsx'
import type { ToolProps } from '../../map/tool.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { newUuid } from '../../ui/new-uuid.ts'
import { addToChosen } from '../../ui/photos/add-to-chosen.ts'
import { ChosenPhotos } from '../../ui/photos/chosen-photos.tsx'
import { PhotoButtons } from '../../ui/photos/photo-buttons.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { ToolCard } from '../../ui/tool-card.tsx'
import { EMPTY_DRAFT, keepActionDraft } from '../action-draft.ts'
import { texts as caseTexts } from '../texts.ts'
import { dropReportDraft, keepReportDraft, type ReportDraft, reportDraft } from './report-draft.ts'
import { SimilarCases } from './similar-cases.tsx'
import { texts } from './texts.ts'
import { usePin } from './use-pin.ts'

addTexts(caseTexts)
addTexts(texts)

/** Reports a hazard: where, what, how grave; what is open near by and may be the same is offered before it is sent. */
export default function ReportTool({ map, select, close }: ToolProps) {
  const { t, lang, enums } = useTexts()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(reportDraft)
  const [told, setTold] = useState(false)
  const change = (part: Partial<ReportDraft>) => {
    // From where it is kept: two changes may come before the next drawing.
    // What may have been sent already is another report once it says something else.
    const next = { ...reportDraft(), ...part, ...(send.isError ? { id: newUuid() } : {}) }
    if (send.isError) send.reset()
    keepReportDraft(next)
    setDraft(next)
  }
  const { lngLat, code, severity, title, description, files } = draft
  usePin(map, lngLat, (at) => change({ lngLat: at }))
  const category = HAZARD_CATEGORIES.find((each) => each.code === code) ?? HAZARD_CATEGORIES[0]
  const triple = { standard: category.standard, kind: category.kind, code: category.code }
  const [titleAsked] = useDebouncedValue(title.trim(), 400)
  const cells = useQuery({
    queryKey: ['cells-at', ...(lngLat ?? [])],
    queryFn: () => getCellsAt(lngLat!),
    enabled: lngLat !== undefined,
  })
  const similar = useQuery({
    queryKey: ['cases', 'similar', ...(lngLat ?? []), code, titleAsked],
    queryFn: ({ signal }) => findSimilar(lngLat!, triple, titleAsked, signal),
    enabled: lngLat !== undefined,
  })
  const found = similar.data ?? []
  const here = cells.data && (cells.data.microGrid ?? cells.data.grid ?? cells.data.community)

  const send = useMutation({
    mutationFn: async (duplicateOf: number | undefined): Promise<Case> => {
      const filed = await reportCase({
        id: draft.id,
        lngLat: lngLat!,
        title: title.trim() || category[lang],
        description: description.trim() || null,
        category: triple,
        severity,
        ...(duplicateOf === undefined ? {} : { duplicateOf }),
      })
      return filed
    },
    onSuccess: (filed, duplicateOf) => {
      dropReportDraft()
      const sent: string[] = []
      addReportPhotos(filed, files, (id) => sent.push(id)).then(
        () => queries.invalidateQueries({ queryKey: ['cases'] }),
        () => {
          // The report is stored: its photos wait where they can be sent with a note.
          keepActionDraft(filed.id, 'note', { ...EMPTY_DRAFT, files: files.slice(sent.length), sent })
          toastFailed(new Error(t('report.photosKept', { note: t('cases.note') })))
        },
      )
      void queries.invalidateQueries({ queryKey: CASE_LISTS_KEY })
      toastDone(t(duplicateOf === undefined ? 'report.filed' : 'report.joined', { title: filed.title }))
      close()
      select(`hazards/${filed.id}`, 'case')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (lngLat && !send.isPending) send.mutate(undefined)
  }
  return (
    <>
      {!lngLat && <CentreCross map={map} />}
      <ToolCard title={t('tool.report')} onClose={close} testId="report-tool">
        <form className="gw-form gw-report" onSubmit={submit}>
          <div>
            <p aria-live="polite" data-testid="report-place">
              {lngLat
                ? t('report.at', {
                    place: here ? here.name || here.code : cells.data ? t('facts.none') : '…',
                    // `lng` would be a language to the library of texts.
                    x: lngLat[0].toFixed(5),
                    y: lngLat[1].toFixed(5),
                  })
                : t('report.where')}
            </p>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconFocus2 size={16} aria-hidden="true" />}
              onClick={() => change({ lngLat: map.visibleCentre() })}
              data-testid="report-centre"
            >
              {t('report.centre')}
            </Button>
            {told && !lngLat && (
              <p className="gw-wrong" role="alert">
                {t('report.noPlace')}
              </p>
            )}
          </div>
          <NativeSelect
            label={t('facts.category')}
            value={code}
            onChange={(event) => {
              const chosen = HAZARD_CATEGORIES.find((each) => each.code === event.currentTarget.value)
              if (chosen) change({ code: chosen.code })
            }}
            data={HAZARD_CATEGORIES.map((each) => ({
              value: each.code,
              label: `${each.code} ${each[lang]}`,
            }))}
            data-testid="report-category"
          />
          <div className="gw-report-severity">
            <span id="gw-report-severity">{t('facts.severity')}</span>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-labelledby="gw-report-severity"
              value={severity}
              onChange={(next) => change({ severity: SEVERITIES.find((each) => each === next) ?? 'medium' })}
              data={SEVERITIES.map((each) => ({ value: each, label: enums('severity', each) }))}
            />
          </div>
          <TextInput
            label={t('report.name')}
            placeholder={category[lang]}
            maxLength={120}
            value={title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            data-testid="report-title"
          />
          <Textarea
            label={t('report.description')}
            description={t('cases.form.private')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={2000}
            value={description}
            onChange={(event) => change({ description: event.currentTarget.value })}
            data-testid="report-description"
          />
          <ChosenPhotos
            files={files}
            onDrop={(gone) => change({ files: files.filter((file) => file !== gone) })}
          />
          <div className="gw-tool-row">
            <PhotoButtons onFiles={(added) => change({ files: addToChosen(files, added) })} />
          </div>
          <output aria-live="polite" className="gw-unseen">
            {found.length > 0 && t('report.similarCount', { count: found.length })}
          </output>
          <SimilarCases cases={found} busy={send.isPending} onJoin={({ id }) => send.mutate(id)} />
          {similar.isError && <p className="gw-hint">{t('report.similarFailed')}</p>}
          <ProblemAlert error={send.error} />
          <Button type="submit" loading={send.isPending} data-testid="report-send">
            {t(found.length > 0 ? 'report.sendAnyway' : 'report.send')}
          </Button>
        </form>
      </ToolCard>
    </>
  )
}

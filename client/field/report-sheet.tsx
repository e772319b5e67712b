import '../app/schemas-without-eval.ts'
import { IconCamera } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { SEVERITIES } from '../../geodata/hazards/hazard.schema.ts'
import type { MyStop } from '../../geodata/walks/my-round.schema.ts'
import { addReportPhotos } from '../api/case-photos.ts'
import { reportCase } from '../api/cases.ts'
import { useTexts } from '../ui/i18n.ts'
import { newUuid } from '../ui/new-uuid.ts'
import { toError } from '../ui/problem-words.ts'
import { Fault } from './fault.tsx'
import type { ReportInput } from './field-store.ts'
import { NoteField } from './note-field.tsx'
import type { Position } from './recorder.ts'
import { Sheet } from './sheet.tsx'
import { shrinkPhoto } from './shrink-photo.ts'
import { SimilarReports } from './similar-reports.tsx'

interface ReportSheetProps {
  position: Position | undefined
  /** Whose place is told while the phone has none. */
  stop: MyStop | undefined
  onClose(): void
  onSave(input: ReportInput, photo: Blob | undefined): Promise<void>
  /** The report was joined to a case that is open. */
  onJoined(): void
}

type Category = (typeof HAZARD_CATEGORIES)[number]['code']

export default function ReportSheet({ position, stop, onClose, onSave, onJoined }: ReportSheetProps) {
  const { t, lang, enums } = useTexts()
  const [hazard, setHazard] = useState<Category>(HAZARD_CATEGORIES[0].code)
  const [severity, setSeverity] = useState<(typeof SEVERITIES)[number]>('medium')
  const [description, setDescription] = useState('')
  const [photo, setPhoto] = useState<Blob>()
  const [fault, setFault] = useState<Error>()
  const [isBusy, setBusy] = useState(false)
  // What is sent twice is one report; once it says something else it is another.
  const joined = useRef({ text: '', id: '' })
  const preview = usePreview(photo)
  const lngLat = position?.lngLat ?? stop?.lngLat

  const take = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    setFault(undefined)
    try {
      setPhoto(await shrinkPhoto(file))
    } catch {
      setFault(new Error(t('field.photoBad')))
    }
    setBusy(false)
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || !lngLat) return
    setBusy(true)
    onSave({ hazard, severity, description: description.trim(), lngLat }, photo).then(onClose, (thrown) => {
      setBusy(false)
      setFault(toError(thrown))
    })
  }
  const category = HAZARD_CATEGORIES.find(({ code }) => code === hazard) ?? HAZARD_CATEGORIES[0]
  /** Only what is known to be open now can be joined, so this is sent at once and does not wait on the phone. */
  const join = async (duplicateOf: number) => {
    if (isBusy || !lngLat) return
    setBusy(true)
    setFault(undefined)
    try {
      const { standard, kind, code } = category
      const report = {
        lngLat,
        title: category[lang],
        description: description.trim() || null,
        category: { standard, kind, code },
        severity,
        duplicateOf,
      }
      const text = JSON.stringify(report)
      if (joined.current.text !== text) joined.current = { text, id: newUuid() }
      const filed = await reportCase({ id: joined.current.id, ...report })
      if (photo) await addReportPhotos(filed, [new File([photo], 'photo.jpg', { type: photo.type })])
      onJoined()
      onClose()
    } catch (thrown) {
      setBusy(false)
      setFault(toError(thrown))
    }
  }
  return (
    <Sheet title={t('field.reportTitle')} onClose={onClose}>
      <form onSubmit={save} data-testid="field-report-form">
        <label className="gw-field-text">
          {t('field.category')}
          <select
            data-testid="field-category"
            value={hazard}
            onChange={(event) => {
              const found = HAZARD_CATEGORIES.find(({ code }) => code === event.currentTarget.value)
              if (found) setHazard(found.code)
            }}
          >
            {HAZARD_CATEGORIES.map((category) => (
              <option key={category.code} value={category.code}>
                {category[lang]}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="gw-field-choices">
          <legend>{t('field.severity')}</legend>
          {SEVERITIES.map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="severity"
                checked={severity === value}
                onChange={() => setSeverity(value)}
              />
              {enums('severity', value)}
            </label>
          ))}
        </fieldset>
        <NoteField
          hintId="field-report-hint"
          label={t('field.description')}
          value={description}
          onChange={setDescription}
        />
        {preview && <img className="gw-field-photo" src={preview} alt={t('field.photoAlt')} />}
        <label className="gw-field-button gw-field-file">
          <IconCamera size={20} />
          {t(photo ? 'field.photoAgain' : 'field.photo')}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            data-testid="field-photo"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </label>
        <p className="gw-field-quiet">
          {position ? t('field.atPosition') : t('field.atStop', { name: stop?.name ?? '' })}
        </p>
        {lngLat && (
          <SimilarReports
            category={category}
            lngLat={lngLat}
            busy={isBusy}
            onJoin={({ id }) => void join(id)}
          />
        )}
        <Fault error={fault} />
        <button
          type="submit"
          className="gw-field-check-in"
          data-testid="field-report-save"
          disabled={isBusy || !lngLat}
        >
          {t('field.sendReport')}
        </button>
      </form>
    </Sheet>
  )
}

function usePreview(photo: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!photo) return setUrl(undefined)
    const made = URL.createObjectURL(photo)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [photo])
  return url
}

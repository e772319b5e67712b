import { Button, Checkbox, NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AreaCell } from '../../../geodata/access/area.schema.ts'
import { ROLE_NAMES, ROLES } from '../../../geodata/access/roles.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import {
  type WallLayout,
  type WallLayoutInput,
  wallLayoutInputSchema,
} from '../../../geodata/walls/layout.schema.ts'
import { ApiError } from '../../api/request.ts'
import { createLayout, deleteLayout, replaceLayout } from '../../api/walls.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { CellsField } from './cells-field.tsx'
import { FigureChoices } from './figure-choices.tsx'
import { NightFields } from './night-fields.tsx'
import { smallestOn } from './smallest-on.ts'

interface LayoutFormProps {
  /** undefined: a new one. */
  stored: WallLayout | undefined
  start: WallLayoutInput
  /** The cell that was last selected on the map. */
  cell: AreaCell | undefined
  onDone(): void
}

const GROUND: readonly LayerId[] = [
  'communities',
  'grids',
  'micro-grids',
  'zones',
  'roads',
  'buildings',
  'landcover',
]

/** What the form calls that of which the schema says that it does not fit. */
const PARTS = {
  name: 'walls.name',
  role: 'walls.role',
  area: 'walls.area',
  figures: 'walls.figures',
  screen: 'walls.screen',
  tour: 'walls.tour',
  night: 'walls.night',
  sound: 'walls.sound',
  language: 'walls.language',
  theme: 'walls.theme',
  layers: 'walls.layers',
  showsPeople: 'walls.people',
} as const satisfies Record<keyof WallLayoutInput, string>

/** Only what a layout is made of; the schema refuses anything else. */
const inputOf = (from: WallLayoutInput): WallLayoutInput => {
  const { name, role, area, figures, screen, tour, night, sound, language, theme, layers, showsPeople } = from
  return { name, role, area, figures, screen, tour, night, sound, language, theme, layers, showsPeople }
}

export function LayoutForm({ stored, start, cell, onDone }: LayoutFormProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => inputOf(start))
  const [touched, setTouched] = useState(false)
  const set = (patch: Partial<WallLayoutInput>) => setDraft((old) => ({ ...old, ...patch }))
  const { screen, tour } = draft
  const setScreen = (patch: Partial<typeof screen>) => set({ screen: { ...screen, ...patch } })
  const setTour = (patch: Partial<typeof tour>) => set({ tour: { ...tour, ...patch } })
  const read = wallLayoutInputSchema.safeParse(draft)
  const again = () => void queries.invalidateQueries({ queryKey: ['walls'] })
  const save = useMutation({
    mutationFn: (input: WallLayoutInput) => (stored ? replaceLayout(stored, input) : createLayout(input)),
    onSuccess: (saved) => {
      const undo = stored
        ? () => replaceLayout(saved, inputOf(stored)).finally(again)
        : () => deleteLayout(saved).finally(again)
      toastDone(t('walls.saved', { name: saved.name }), { undo })
      onDone()
    },
  })
  const remove = useMutation({
    mutationFn: (gone: WallLayout) => deleteLayout(gone),
    onSuccess: (_, gone) => {
      toastDone(t('walls.removed', { name: gone.name }), {
        undo: () => createLayout(inputOf(gone)).finally(again),
      })
      onDone()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    setTouched(true)
    if (read.success) save.mutate(read.data)
  }
  const smallest = smallestOn(screen)
  const partOf = ({ path: [part] }: { path: readonly PropertyKey[] }) =>
    t(PARTS[part as keyof WallLayoutInput])
  const conflict = save.error instanceof ApiError && save.error.status === 412
  const number = (value: number | string, done: (value: number) => void) =>
    typeof value === 'number' && done(value)
  return (
    <form className="gw-form" onSubmit={submit} noValidate data-testid="layout-form">
      <TextInput
        label={t('walls.name')}
        description={t('walls.nameHint')}
        value={draft.name}
        maxLength={40}
        onChange={(event) => set({ name: event.currentTarget.value })}
        data-testid="layout-name"
      />
      <NativeSelect
        label={t('walls.role')}
        description={t('walls.roleHint')}
        value={draft.role ?? ''}
        onChange={(event) =>
          set({ role: ROLE_NAMES.find((role) => role === event.currentTarget.value) ?? null })
        }
        data={[
          { value: '', label: t('walls.anyRole') },
          ...ROLE_NAMES.map((role) => ({ value: role, label: ROLES[role][lang] })),
        ]}
        data-testid="layout-role"
      />
      <CellsField
        label={t('walls.area')}
        none={t('walls.areaNone')}
        codes={draft.area}
        selected={cell}
        onChange={(area) => set({ area })}
      />
      <FigureChoices value={draft.figures} onChange={(figures) => set({ figures })} />
      <fieldset className="gw-walls-part">
        <legend>{t('walls.screen')}</legend>
        <NumberInput
          label={t('walls.distance')}
          value={screen.distanceMetres}
          min={0.4}
          max={60}
          step={0.5}
          onChange={(next) => number(next, (distanceMetres) => setScreen({ distanceMetres }))}
          data-testid="layout-distance"
        />
        <NumberInput
          label={t('walls.inches')}
          value={screen.diagonalInches}
          min={5}
          max={600}
          onChange={(next) => number(next, (diagonalInches) => setScreen({ diagonalInches }))}
        />
        <NumberInput
          label={t('walls.width')}
          placeholder={t('walls.widthHint')}
          value={screen.widthPixels ?? ''}
          min={320}
          max={30_000}
          allowDecimal={false}
          onChange={(next) => setScreen({ widthPixels: typeof next === 'number' ? next : null })}
        />
        <p className="gw-hint" data-testid="layout-smallest">
          {t('walls.smallest', {
            pixels: Math.ceil(smallest.pixels),
            width: smallest.widthPixels,
            letters: Math.floor(smallest.widthPixels / smallest.pixels),
          })}
        </p>
      </fieldset>
      <fieldset className="gw-walls-part">
        <legend>{t('walls.tour')}</legend>
        <Checkbox
          label={t('walls.tourOn')}
          checked={tour.isOn}
          onChange={(event) => setTour({ isOn: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('walls.worst')}
          checked={tour.stopsOnWorst}
          onChange={(event) => setTour({ stopsOnWorst: event.currentTarget.checked })}
        />
        {tour.isOn && (
          <>
            <CellsField
              label={t('walls.tourAreas')}
              none={t('walls.tourNone')}
              codes={tour.areas}
              selected={cell}
              onChange={(areas) => setTour({ areas })}
            />
            <NumberInput
              label={t('walls.dwell')}
              value={tour.dwellSeconds}
              min={5}
              max={3600}
              allowDecimal={false}
              onChange={(next) => number(next, (dwellSeconds) => setTour({ dwellSeconds }))}
            />
          </>
        )}
      </fieldset>
      <NightFields value={draft.night} onChange={(night) => set({ night })} />
      <Checkbox
        label={t('walls.sound')}
        checked={draft.sound}
        onChange={(event) => set({ sound: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('walls.people')}
        checked={draft.showsPeople}
        onChange={(event) => set({ showsPeople: event.currentTarget.checked })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('walls.language')}
        value={draft.language}
        onChange={(next) => set({ language: next === 'en' ? 'en' : 'zh' })}
        data={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('walls.theme')}
        value={draft.theme}
        onChange={(next) => set({ theme: next === 'light' ? 'light' : 'dark' })}
        data={[
          { value: 'dark', label: t('walls.dark') },
          { value: 'light', label: t('walls.light') },
        ]}
      />
      <fieldset className="gw-walls-part">
        <legend>{t('walls.layers')}</legend>
        {GROUND.map((layer) => (
          <Checkbox
            key={layer}
            size="xs"
            label={LAYERS[layer].title[lang]}
            checked={draft.layers.includes(layer)}
            onChange={(event) =>
              set({
                layers: event.currentTarget.checked
                  ? [...draft.layers, layer]
                  : draft.layers.filter((one) => one !== layer),
              })
            }
          />
        ))}
      </fieldset>
      {touched && !read.success && (
        <p className="gw-wrong" role="alert">
          {t('walls.unfit', { where: [...new Set(read.error.issues.map(partOf))].join(t('walls.and')) })}
        </p>
      )}
      {conflict ? (
        <p className="gw-wrong" role="alert">
          {t('walls.conflict')}
        </p>
      ) : (
        <ProblemAlert error={save.error ?? remove.error} />
      )}
      <Button type="submit" loading={save.isPending} data-testid="layout-save">
        {t('walls.save')}
      </Button>
      {stored && (
        <Button
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate(stored)}
          data-testid="layout-remove"
        >
          {t('walls.remove')}
        </Button>
      )}
    </form>
  )
}

import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { postImport } from '../api/imports.ts'
import { getSettings } from '../api/settings.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { DropTarget } from './drop-target.tsx'
import { ImportReportView } from './import-report.tsx'

interface ImportFormProps {
  /** A file dropped elsewhere on the page. */
  file: File | undefined
  /** Checks a file as soon as it is known what it is. */
  eager?: boolean
  /** Leaves the form; left out where it stays on the page and only begins again. */
  onClose?: () => void
  onImported(): void
}

const isOsm = (file: File) => /\.(osm|pbf)(\.gz)?$/i.test(file.name)

/** File → check (a dry run, nothing written) → import. The check is a step of its own, not an option. */
export function ImportForm({ file: dropped, eager = false, onClose, onImported }: ImportFormProps) {
  const { t, lang } = useTexts()
  const [file, setFile] = useState<File | undefined>(dropped)
  const [layer, setLayer] = useState<LayerId | null>(null)
  const settings = useQuery({ queryKey: ['settings'], queryFn: getSettings })
  const [typed, setDivision] = useState<string>()
  const division = typed ?? settings.data?.values.divisionCode ?? ''
  const upload = useMutation({
    mutationFn: (dryRun: boolean) =>
      postImport(file!, {
        layer: isOsm(file!) ? undefined : layer!,
        division: division.trim() || undefined,
        dryRun,
      }),
    onSuccess: (report) => {
      if (!report.dryRun) onImported()
    },
  })
  const { reset } = upload
  useEffect(() => {
    setFile(dropped)
    reset()
  }, [dropped, reset])

  const leave = () => {
    setFile(undefined)
    reset()
    onClose?.()
  }
  const osm = file !== undefined && isOsm(file)
  const ready = file !== undefined && (osm || layer !== null)
  // Once for each file: what was refused is tried again by hand.
  const checkNow = eager && ready && settings.isFetched && upload.isIdle
  const { mutate } = upload
  useEffect(() => {
    if (checkNow) mutate(true)
  }, [checkNow, mutate])
  const report = upload.data
  const finished = report && !report.dryRun
  return (
    <Stack gap="md">
      {!file && <DropTarget onFile={setFile} />}
      {file && !finished && (
        <>
          <Group justify="space-between" wrap="nowrap">
            <Text truncate fw={600}>
              {file.name}
            </Text>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                setFile(undefined)
                reset()
              }}
            >
              {t('exchange.again')}
            </Button>
          </Group>
          {osm ? (
            <TextInput
              label={t('exchange.division')}
              description={t('exchange.divisionHint')}
              value={division}
              inputMode="numeric"
              onChange={(event) => {
                setDivision(event.currentTarget.value)
                reset()
              }}
            />
          ) : (
            <Select
              label={t('exchange.layer')}
              description={layer ? undefined : t('exchange.tooLittle')}
              data={LAYER_IDS.map((value) => ({ value, label: LAYERS[value].title[lang] }))}
              value={layer}
              onChange={(value) => {
                setLayer(value as LayerId | null)
                reset()
              }}
            />
          )}
        </>
      )}
      {upload.isError && (
        <Alert color="orange" title={t('error.title')} role="alert">
          <ProblemText error={upload.error} />
        </Alert>
      )}
      {report && <ImportReportView report={report} />}
      <Group justify="flex-end" gap="sm">
        {finished ? (
          <Button onClick={leave}>{t('exchange.close')}</Button>
        ) : (
          <>
            {(onClose || file) && (
              <Button variant="default" onClick={leave}>
                {t('exchange.cancel')}
              </Button>
            )}
            <Button
              disabled={!ready}
              loading={upload.isPending}
              onClick={() => upload.mutate(report === undefined)}
              data-testid="import-go"
            >
              {report ? t('exchange.write') : t('exchange.check')}
            </Button>
          </>
        )}
      </Group>
      {upload.isPending && (
        <Text size="sm" c="dimmed" aria-live="polite">
          {report ? t('exchange.writing') : t('exchange.checking')}
        </Text>
      )}
    </Stack>
  )
}

import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { IconCopy, IconExternalLink } from '@tabler/icons-react'
import { useState, useSyncExternalStore } from 'react'
import type { ToolProps } from '../map/tool.ts'
import { copyText } from '../ui/copy-text.ts'
import { useTexts } from '../ui/i18n.ts'
import { ToolCard } from '../ui/tool-card.tsx'
import { embedAddress, embedCode } from './embed-address.ts'

const USUAL_HEIGHT = 480

/** The current view as HTML for another page and as a link. */
export function EmbedPanel({ map, workspace, selected, close }: ToolProps) {
  const { t } = useTexts()
  const [height, setHeight] = useState(USUAL_HEIGHT)
  // The address follows the camera, which is not among the props.
  const href = useSyncExternalStore(
    (onChange) => {
      map.map.on('idle', onChange)
      return () => void map.map.off('idle', onChange)
    },
    () => location.href,
  )
  const name = selected ? String(selected.feature.properties.name ?? '') : ''
  const address = embedAddress(href)
  const code = embedCode(address, name || workspace.name || t('embedding.title'), height)
  return (
    <ToolCard title={t('tool.embed')} onClose={close} testId="embed">
      <p className="gw-hint">{t('embedding.hint')}</p>
      <NumberInput
        size="xs"
        label={t('embedding.height')}
        min={200}
        max={2000}
        step={20}
        value={height}
        onChange={(next) => typeof next === 'number' && setHeight(Math.round(next))}
      />
      <Textarea
        size="xs"
        label={t('embedding.code')}
        readOnly
        autosize
        minRows={4}
        maxRows={6}
        value={code}
        onFocus={(event) => event.currentTarget.select()}
        data-testid="embed-code"
      />
      <TextInput
        size="xs"
        label={t('embedding.link')}
        readOnly
        value={address}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="gw-tool-row">
        <Button size="compact-sm" leftSection={<IconCopy size={14} />} onClick={() => void copyText(code)}>
          {t('embedding.copyCode')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCopy size={14} />}
          onClick={() => void copyText(address)}
        >
          {t('embedding.copyLink')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          component="a"
          href={address}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={14} />}
        >
          {t('embedding.try')}
        </Button>
      </div>
      <p className="gw-hint">{t('embedding.origins')}</p>
    </ToolCard>
  )
}

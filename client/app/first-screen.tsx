import { Button, CopyButton } from '@mantine/core'
import { IconBuildingCommunity, IconUpload } from '@tabler/icons-react'
import { DropTarget } from '../exchange/drop-target.tsx'
import { useTexts } from '../ui/i18n.ts'

const DEMO_COMMAND = 'npx gridward demo'

/** An empty system offers its ways to begin instead of a blank map. */
export function FirstScreen({ onFile }: { onFile(file: File): void }) {
  const { t } = useTexts()
  return (
    <main className="gw-first" data-testid="first-screen">
      <h1>{t('empty.title')}</h1>
      <p>{t('empty.lead')}</p>
      <div className="gw-choices">
        <section>
          <IconBuildingCommunity size={28} stroke={1.5} aria-hidden="true" />
          <h2>{t('empty.demo')}</h2>
          <p>{t('empty.demoText')}</p>
          <code>{DEMO_COMMAND}</code>
          <CopyButton value={DEMO_COMMAND}>
            {({ copied, copy }) => (
              <Button variant={copied ? 'default' : 'filled'} onClick={copy}>
                {copied ? t('empty.copied') : t('empty.copy')}
              </Button>
            )}
          </CopyButton>
        </section>
        <section>
          <IconUpload size={28} stroke={1.5} aria-hidden="true" />
          <h2>{t('empty.import')}</h2>
          <p>{t('empty.importText')}</p>
          <DropTarget onFile={onFile} />
        </section>
      </div>
      <p className="gw-hint">{t('empty.waiting')}</p>
    </main>
  )
}

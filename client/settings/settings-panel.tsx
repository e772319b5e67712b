import '../ui/panels.css'
import { Button, NumberInput, SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { LIMITS, type Side, setPanelSize, USUAL, usePanelSize } from '../ui/panel-size.ts'
import { SECTION_GROUPS, sectionsOf } from '../ui/sections/sections.ts'
import { texts as sectionTexts } from '../ui/sections/texts.ts'
import { useMay, useSession } from '../ui/session.ts'
import { ShortcutList } from '../ui/shortcut-list.tsx'
import { SharedSettings } from './shared-settings.tsx'
import { texts } from './texts.ts'

addTexts(texts)
addTexts(sectionTexts)

/** The settings workspace: what this browser remembers, what holds for everyone, and the keys. */
export default function SettingsPanel({ scheme, lang, setAsk, setTheme, setLanguage }: WorkPanelProps) {
  const { t } = useTexts()
  const mayConfigure = useMay('configure')
  const permissions = useSession().data?.permissions ?? []
  const size = usePanelSize()
  const width = (side: Side, label: string) => (
    <NumberInput
      label={label}
      value={size[side]}
      min={LIMITS[side][0]}
      max={LIMITS[side][1]}
      step={20}
      clampBehavior="blur"
      allowDecimal={false}
      onChange={(next) =>
        typeof next === 'number' && next >= LIMITS[side][0] && setPanelSize({ [side]: next })
      }
    />
  )
  return (
    <>
      <h3>{t('settings.here')}</h3>
      <div className="gw-form">
        <div className="gw-field">
          <span id="gw-set-language">{t('settings.language')}</span>
          <SegmentedControl
            size="xs"
            aria-labelledby="gw-set-language"
            value={lang}
            onChange={(next) => setLanguage(next === 'en' ? 'en' : 'zh')}
            data={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <div className="gw-field">
          <span id="gw-set-theme">{t('settings.theme')}</span>
          <SegmentedControl
            size="xs"
            aria-labelledby="gw-set-theme"
            value={scheme}
            onChange={(next) => setTheme(next === 'light' ? 'light' : 'dark')}
            data={[
              { value: 'dark', label: t('settings.dark') },
              { value: 'light', label: t('settings.light') },
            ]}
          />
        </div>
        <div className="gw-form gw-side-panels-only">
          <div className="gw-pair">
            {width('layers', t('settings.leftWidth'))}
            {width('place', t('settings.rightWidth'))}
          </div>
          <Button variant="default" onClick={() => setPanelSize(USUAL)}>
            {t('settings.reset')}
          </Button>
        </div>
      </div>
      {mayConfigure && (
        <>
          <h3>{t('settings.shared')}</h3>
          <SharedSettings />
        </>
      )}
      {SECTION_GROUPS.map((group) => {
        const sections = sectionsOf(group, permissions)
        return (
          sections.length > 0 && (
            <Fragment key={group}>
              <h3>{t(`section.group.${group}`)}</h3>
              <ul className="gw-batches">
                {sections.map(({ id }) => (
                  <li key={id}>
                    <UnstyledButton
                      className="gw-batch"
                      onClick={() => setAsk(id)}
                      data-testid={`open-${id}`}
                    >
                      <span className="gw-child-name">{t(`section.${id}`)}</span>
                      <IconChevronRight size={16} aria-hidden="true" />
                    </UnstyledButton>
                  </li>
                ))}
              </ul>
            </Fragment>
          )
        )
      })}
      <h3>{t('settings.shortcuts')}</h3>
      <ShortcutList />
    </>
  )
}

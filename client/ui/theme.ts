import { type CSSVariablesResolver, colorsTuple, createTheme, virtualColor } from '@mantine/core'
import { cssVariables, TOKENS } from './tokens.ts'

const FONT = "'Inter Variable', 'Noto Sans SC Variable', system-ui, sans-serif"

export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  primaryColor: 'accent',
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  colors: {
    accent: virtualColor({ name: 'accent', dark: 'accentDark', light: 'accentLight' }),
    accentDark: colorsTuple(TOKENS.dark.accent),
    accentLight: colorsTuple(TOKENS.light.accent),
  },
})

/** Mantine's own variables, pointed at our tokens, so that every component follows the one table of colours. */
export const resolveVariables: CSSVariablesResolver = () => {
  const mantine = {
    '--mantine-color-body': 'var(--gw-panel)',
    '--mantine-color-text': 'var(--gw-text)',
    '--mantine-color-dimmed': 'var(--gw-muted)',
    '--mantine-color-placeholder': 'var(--gw-muted)',
    '--mantine-color-anchor': 'var(--gw-accent)',
    '--mantine-color-default': 'var(--gw-raised)',
    '--mantine-color-default-hover': 'var(--gw-line)',
    '--mantine-color-default-color': 'var(--gw-text)',
    '--mantine-color-default-border': 'var(--gw-line)',
  }
  return {
    variables: {},
    dark: { ...cssVariables(TOKENS.dark), ...mantine },
    light: { ...cssVariables(TOKENS.light), ...mantine },
  }
}

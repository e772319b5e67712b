import {
  type CSSVariablesResolver,
  colorsTuple,
  createTheme,
  type MantineColorsTuple,
  virtualColor,
} from '@mantine/core'
import { cssVariables, TOKENS, type Tokens } from './tokens.ts'

const FONT = "'Inter Variable', 'Noto Sans SC Variable', system-ui, sans-serif"

function darkGreys({ text, muted, line, raised, panel, background }: Tokens): MantineColorsTuple {
  return [text, text, muted, muted, line, line, raised, panel, background, background]
}

export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '0.1875rem', sm: '0.25rem', md: '0.375rem', lg: '0.375rem', xl: '0.375rem' },
  defaultRadius: 'md',
  primaryColor: 'accent',
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: { Badge: { styles: { root: { textTransform: 'none' } } } },
  colors: {
    // Mantine's greys of the dark theme, text first, ours instead.
    dark: darkGreys(TOKENS.dark),
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
    // One shade has no pale one: made here, with text that can be read on it.
    '--mantine-color-accent-light': 'color-mix(in srgb, var(--gw-accent) 14%, transparent)',
    '--mantine-color-accent-light-hover': 'color-mix(in srgb, var(--gw-accent) 20%, transparent)',
    '--mantine-color-accent-light-color': 'var(--gw-text)',
    // What is wrong or waits is said in the colours that the map says it in, on a tint that text can be read on.
    '--mantine-color-error': 'var(--gw-critical)',
    '--mantine-color-orange-light': 'color-mix(in srgb, var(--gw-due) 16%, transparent)',
    '--mantine-color-orange-light-color': 'var(--gw-text)',
    '--mantine-color-gray-light': 'color-mix(in srgb, var(--gw-muted) 18%, transparent)',
    '--mantine-color-gray-light-color': 'var(--gw-text)',
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

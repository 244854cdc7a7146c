import { createTheme, rem } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

/** The one accent: the blue of a steppe evening. Shade 7 on white has a contrast of 8.1. */
const steppe: MantineColorsTuple = [
  '#eff6f7',
  '#dcebee',
  '#b7d6dc',
  '#8cbdc7',
  '#5f9fad',
  '#3b8193',
  '#20697d',
  '#0f5468',
  '#0b4353',
  '#07323f',
];

/** Warm greys, so that white paper stays white and figures stand out. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ef',
  '#e8e5e1',
  '#d7d3cd',
  '#b5b0a8',
  '#756f68',
  '#68625b',
  '#4e4943',
  '#322f2b',
  '#1d1b19',
];

export const theme = createTheme({
  primaryColor: 'steppe',
  primaryShade: 7,
  colors: { steppe, gray },
  black: '#1d1b19',
  fontFamily: "'Inter Variable', Inter, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  defaultRadius: 'sm',
  radius: { sm: rem(6), md: rem(10) },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '620',
    textWrap: 'pretty',
    sizes: {
      h1: { fontSize: rem(28), lineHeight: '1.2' },
      h2: { fontSize: rem(20), lineHeight: '1.3' },
      h3: { fontSize: rem(16), lineHeight: '1.4' },
    },
  },
  components: {
    Modal: {
      // The way out is a button in words at the end of each dialog, and Escape.
      defaultProps: {
        centered: true,
        withCloseButton: false,
        padding: 'lg',
        radius: 'md',
        transitionProps: { duration: 0 },
      },
      styles: { title: { fontSize: rem(18), fontWeight: 620 } },
    },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Skeleton: { defaultProps: { animate: false } },
  },
});

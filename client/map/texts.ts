import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    pointer: {
      on: '十字准星已打开。方向键移动，Shift 加大步幅，回车点选，Shift+回车双击，[ 和 ] 逐个选附近要素，Esc 关闭',
      near: '{{layer}} {{name}}，附近第 {{n}} 个，共 {{m}} 个。回车选中',
      none: '附近没有要素',
      hint: '方向键移动 · 回车点选 · [ ] 附近要素 · Esc',
    },
  },
  en: {
    pointer: {
      on: 'Cross-hair on. Arrows move it, Shift in larger steps, Enter clicks, Shift+Enter double-clicks, [ and ] go through features near it, Esc closes it',
      near: '{{layer}} {{name}}, {{n}} of {{m}} nearby. Enter selects it',
      none: 'No features nearby',
      hint: 'Arrows move · Enter clicks · [ ] nearby · Esc',
    },
  },
} as const satisfies FeatureTexts

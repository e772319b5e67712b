import type { FeatureTexts } from '../../ui/i18n.ts'

/** What the editor's keys do, for the overview of shortcuts. */
export const texts = {
  zh: {
    editKeys: {
      group: { any: '编辑时', vertex: '编辑：顶点与边界', whole: '编辑：整个图形' },
      any: {
        undo: '撤销',
        redo: '重做',
        finish: '结束画线、闭合、分割或合并',
        back: '撤回最后一点',
        cancel: '放弃一步；再按结束编辑',
        delete: '删除所选要素',
        snap: '吸附开关',
        trace: '沿道路开关',
        square: '取直角',
        close: '结束编辑',
      },
      vertex: {
        before: '上一个顶点',
        after: '下一个顶点',
        step: '移动 1 米（Shift 10 米，Alt 0.1 米）',
        stretch: '选整段边界',
        insert: '在其后加点',
        remove: '删除顶点',
        through: '分割线经过此顶点',
      },
      whole: {
        step: '移动 1 米（Shift 10 米，Alt 0.1 米）',
        turn: '旋转 1°（Shift 15°，Alt 0.1°）',
        grow: '缩放 1%（Shift 10%，Alt 0.1%）',
      },
    },
  },
  en: {
    editKeys: {
      group: {
        any: 'While editing',
        vertex: 'Editing: vertices and borders',
        whole: 'Editing: whole shapes',
      },
      any: {
        undo: 'Undo',
        redo: 'Redo',
        finish: 'End the line, close, split or merge',
        back: 'Take the last point back',
        cancel: 'Give up one step; again to stop editing',
        delete: 'Delete what is chosen',
        snap: 'Snapping on or off',
        trace: 'Along roads on or off',
        square: 'Square corners',
        close: 'Stop editing',
      },
      vertex: {
        before: 'Previous vertex',
        after: 'Next vertex',
        step: 'Move by 1 m (Shift 10 m, Alt 0.1 m)',
        stretch: 'Choose the whole stretch',
        insert: 'Add a vertex after it',
        remove: 'Remove the vertex',
        through: 'Split line through this vertex',
      },
      whole: {
        step: 'Move by 1 m (Shift 10 m, Alt 0.1 m)',
        turn: 'Turn by 1° (Shift 15°, Alt 0.1°)',
        grow: 'Scale by 1% (Shift 10%, Alt 0.1%)',
      },
    },
  },
} as const satisfies FeatureTexts

import type { FeatureTexts } from '../i18n.ts'

export const texts = {
  zh: {
    areaPicker: {
      chosenCells: '指定辖区',
      noCells: '还没有选择辖区，看不到任何数据。',
      removeCell: '去掉{{cell}}',
      useSelected: '使用地图上选中的“{{cell}}”',
      searchCells: '搜索社区、网格、微网格',
      noneFound: '没有找到',
      openCell: '展开{{cell}}',
      moreCells: '还有更多，请用搜索查找。',
    },
  },
  en: {
    areaPicker: {
      chosenCells: 'Chosen cells',
      noCells: 'No cell is chosen yet: nothing can be seen.',
      removeCell: 'Remove {{cell}}',
      useSelected: 'Use {{cell}}, selected on the map',
      searchCells: 'Search communities, grids, micro-grids',
      noneFound: 'Nothing found',
      openCell: 'Unfold {{cell}}',
      moreCells: 'There are more; search for them.',
    },
  },
} as const satisfies FeatureTexts

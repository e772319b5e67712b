import type { FeatureTexts } from '../i18n.ts'

/** Names of properties that no fact of a panel names (those stand under `facts`), and their units. */
export const texts = {
  zh: {
    property: {
      geometry: '图形',
      name: '名称',
      title: '标题',
      zoneLayer: '分区体系',
      categoryStandard: '分类标准',
      categoryKind: '分类类型',
      communityCode: '社区编码',
      gridCode: '网格编码',
      microGridCode: '微网格编码',
      buildingCode: '楼栋编码',
      sourceId: '来源编号',
      metres: '米',
      minutes: '分钟',
    },
  },
  en: {
    property: {
      geometry: 'Shape',
      name: 'Name',
      title: 'Title',
      zoneLayer: 'Zone system',
      categoryStandard: 'Category standard',
      categoryKind: 'Category type',
      communityCode: 'Community code',
      gridCode: 'Grid code',
      microGridCode: 'Micro-grid code',
      buildingCode: 'Building code',
      sourceId: 'Source id',
      metres: 'm',
      minutes: 'min',
    },
  },
} as const satisfies FeatureTexts

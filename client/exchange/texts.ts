import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    batches: {
      exportTitle: '导出',
      layer: '图层',
      download: '下载 GeoJSON',
      filtered: '按此图层当前的筛选导出。',
      whole: '导出整个图层，没有筛选。',
      title: '导入记录',
      none: '还没有导入过文件。',
      kinds: { demo: '演示街道', osm: 'OpenStreetMap', geojson: 'GeoJSON' },
      noReport: '这批数据没有导入报告。',
      licence: '许可',
    },
  },
  en: {
    batches: {
      exportTitle: 'Export',
      layer: 'Layer',
      download: 'Download GeoJSON',
      filtered: 'What the layer’s filter leaves now.',
      whole: 'The whole layer; it has no filter.',
      title: 'Imports',
      none: 'No file has been imported yet.',
      kinds: { demo: 'Demo area', osm: 'OpenStreetMap', geojson: 'GeoJSON' },
      noReport: 'This batch has no import report.',
      licence: 'Licence',
    },
  },
} as const satisfies FeatureTexts

import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    measuring: {
      what: '测量什么',
      line: '距离',
      area: '面积',
      hint: '在地图上点选，双击结束；也可用方向键移动地图，按 Enter 在准星处加点。Backspace 撤销一点。',
      perimeter: '周长 {{length}}',
      crosses: '边线相交，没有面积。请撤销后重画。',
      most: '最多 {{count}} 个点。',
      addCentre: '在准星处加点',
      undo: '撤销一点',
      copy: '复制',
      clear: '清除',
      addTyped: '加入此点',
      coordinates: '输入坐标',
      crs: '坐标系',
      useCrs: '改用{{name}}',
      obfuscated: '加偏坐标：只用于和该地图服务对照，与实地相差 50 至 700 米。',
    },
  },
  en: {
    measuring: {
      what: 'What to measure',
      line: 'Distance',
      area: 'Area',
      hint: 'Click on the map, double-click to end. Or move the map by arrow keys and press Enter to add a point at the cross. Backspace takes one back.',
      perimeter: 'Perimeter {{length}}',
      crosses: 'The outline crosses itself and has no area. Take points back and draw it anew.',
      most: 'No more than {{count}} points.',
      addCentre: 'Add the cross',
      undo: 'Take one back',
      copy: 'Copy',
      clear: 'Clear',
      addTyped: 'Add this point',
      coordinates: 'Type coordinates',
      crs: 'Coordinate system',
      useCrs: 'Use {{name}}',
      obfuscated:
        'Obfuscated: for comparing with that map service only, 50 to 700 metres off the ground truth.',
    },
  },
} as const satisfies FeatureTexts

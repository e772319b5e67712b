import type { FeatureTexts } from '../../ui/i18n.ts'

/** Reporting a hazard from the map. */
export const texts = {
  zh: {
    report: {
      where: '在地图上点出位置；或移动地图，让十字对准，再按下面的按钮。',
      at: '{{place}}（{{x}}, {{y}}）',
      centre: '取地图中心',
      noPlace: '先选位置。',
      name: '标题（不填则用类别名）',
      description: '说明',
      send: '上报',
      sendAnyway: '不是同一件，仍然上报',
      similar: '附近可能已有人上报',
      similarCount: '附近有 {{count}} 件类似的未结隐患。',
      similarHint: '是同一件就并入：留下您的上报记录和照片，不另立一件。',
      similarFailed: '没能查找附近的类似隐患，可以照常上报。',
      join: '并入',
      joinOne: '并入“{{title}}”',
      photosKept: '隐患已上报，照片没有发出。照片留在案件的“{{note}}”里，打开后可再提交。',
      filed: '已上报“{{title}}”',
      joined: '已并入“{{title}}”',
    },
  },
  en: {
    report: {
      where: 'Click the place on the map; or move the map under the cross and press the button below.',
      at: '{{place}} ({{x}}, {{y}})',
      centre: 'Take the centre of the map',
      noPlace: 'Choose a place first.',
      name: 'Title (left empty: the category)',
      description: 'Description',
      send: 'Report',
      sendAnyway: 'None of these: report it',
      similar: 'Perhaps reported already',
      similarCount: 'Open hazards like it near by: {{count}}.',
      similarHint:
        'Join it if it is the same: your report and photos are kept with it, and no second case begins.',
      similarFailed: 'Could not look for hazards like it near by. You can report all the same.',
      join: 'Join',
      joinOne: 'Join “{{title}}”',
      photosKept:
        'The hazard is reported, its photos could not be sent. They wait in the case under “{{note}}”, where you can send them again.',
      filed: 'Reported “{{title}}”',
      joined: 'Joined to “{{title}}”',
    },
  },
} as const satisfies FeatureTexts

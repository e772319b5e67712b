/** The map of a round, loaded when it is opened. */
export const texts = {
  zh: {
    fieldMap: {
      label: '本次巡查的地图',
      tools: '地图工具',
      me: '我的位置',
      whole: '整条路线',
      headingUp: '地图朝向前方',
      offDuty: '开始值勤后，地图上显示你的位置和轨迹。',
      noPosition: '手机还没有找到位置。',
      noHeading: '手机没有给出方向，地图仍是上北。',
      noAround: '周边的街道和楼栋还没有存到这台手机，连上网络后会存下。',
      cut: '只存了离路线最近的街道和楼栋。',
      noWebGl: '这个浏览器画不出地图（没有 WebGL 2）。清单、距离和方向照常可用。',
      stop: '{{number}}. {{name}}，{{state}}',
    },
  },
  en: {
    fieldMap: {
      label: 'Map of this round',
      tools: 'Map tools',
      me: 'My position',
      whole: 'Whole round',
      headingUp: 'Turn the map with me',
      offDuty: 'On duty the map shows your position and your track.',
      noPosition: 'The phone has found no position yet.',
      noHeading: 'The phone tells no direction; the map stays north up.',
      noAround: 'Streets and buildings are not on this phone yet; they are kept once there is a network.',
      cut: 'Only the streets and buildings nearest to the way are kept.',
      noWebGl:
        'This browser cannot draw the map (no WebGL 2). The list, the distance and the direction work all the same.',
      stop: '{{number}}. {{name}}, {{state}}',
    },
  },
} as const

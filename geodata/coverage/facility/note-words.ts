/** What the notes of an analysis of facilities say, by code; `{{name}}` is a value of the note. */
export const FACILITY_NOTES = {
  'no-facilities': {
    zh: '范围内没有计入的{{kinds}}，因此全部为空白区。到最近设施的距离和可达性无法计算，显示 —。',
    en: 'There is no {{kinds}} that counts, so all of the ground is a gap. Distances and accessibility cannot be told.',
  },
  'kinds-missing': {
    zh: '没有计入的{{kinds}}，按其余类别计算。',
    en: 'There is no {{kinds}} that counts; the other kinds were taken.',
  },
  'facilities-off-streets': {
    zh: '{{count}} 处设施离最近的可步行街道超过 {{metres}} 米，谁也走不到，未计入：{{facilities}}。请在图上移到街边，或补画道路。',
    en: 'More than {{metres}} m from any street that can be walked, so of use to nobody: {{facilities}} ({{count}} in all). Move them to the street, or draw the missing road.',
  },
  'supply-each': {
    zh: '{{count}} 处设施没有填容量，可达性按每处为 1 计算。',
    en: 'Facilities without a capacity: {{count}}. In accessibility each counts as one.',
  },
  'only-in-reach': {
    zh: '只计您管辖范围内的设施；范围外更近的设施不在其中。',
    en: 'Only facilities in your area count; a nearer one beyond its border is not seen.',
  },
  'no-cells': { zh: '没有网格，无法计算面积。', en: 'There are no cells, so no ground to cover.' },
  'no-buildings': {
    zh: '范围内没有楼栋，只计算了面积和街道。',
    en: 'There are no buildings; ground and streets were computed.',
  },
  'no-streets': {
    zh: '没有可步行的道路，所有楼栋都走不到设施。',
    en: 'There is no street that can be walked, so no building reaches anything.',
  },
  'buildings-off-streets': {
    zh: '{{count}} 栋楼离最近的可步行街道超过 {{metres}} 米，按未覆盖计。',
    en: 'Buildings more than {{metres}} m from any street that can be walked: {{count}}. They count as uncovered.',
  },
  'buildings-cut-off': {
    zh: '{{count}} 栋楼所在的街道与设施不连通，按未覆盖计。请检查路网是否有断点。',
    en: 'Buildings from which no street leads to any facility: {{count}}. They count as uncovered; look for breaks in the streets.',
  },
  'households-unknown': {
    zh: '{{of}} 栋楼中有 {{count}} 栋户数未知：楼栋照算，户数中不含。',
    en: 'Buildings without a number of households: {{count}} of {{of}}. They count as buildings, not in households.',
  },
  'no-demand': {
    zh: '所有楼栋都没有户数或人口，可达性无法计算。',
    en: 'No building has anybody to serve, so accessibility cannot be told.',
  },
  'buildings-beside-gaps': {
    zh: '{{count}} 栋未覆盖的楼在覆盖区边缘（边界精确到一格），不在任何空白区内。',
    en: 'Uncovered buildings at the very edge of covered ground, and so in no gap: {{count}}. The border is right to a step.',
  },
  coarse: {
    zh: '范围很大，覆盖区边界只精确到 {{metres}} 米。',
    en: 'The area is large: borders of covered ground are right to {{metres}} m only.',
  },
} as const satisfies Record<string, { zh: string; en: string }>
export type FacilityNote = keyof typeof FACILITY_NOTES

export const isFacilityNote = (code: string): code is FacilityNote => code in FACILITY_NOTES

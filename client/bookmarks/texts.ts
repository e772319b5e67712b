import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    bookmarks: {
      hint: '书签只记视角，存在本浏览器；要连同图层和筛选一起保存，请用“视图”。',
      name: '书签名称',
      unnamed: '书签 {{number}}',
      add: '收藏视角',
      rename: '重命名“{{name}}”',
      up: '上移“{{name}}”',
      down: '下移“{{name}}”',
      delete: '删除“{{name}}”',
      deleted: '已删除书签“{{name}}”',
      full: '最多 {{count}} 个书签。',
      notKept: '浏览器没有保存书签：存储空间已满或被禁用。',
    },
  },
  en: {
    bookmarks: {
      hint: 'A bookmark keeps the camera, in this browser. To keep layers and filters as well, save a view.',
      name: 'Name of the bookmark',
      unnamed: 'Bookmark {{number}}',
      add: 'Keep this camera',
      rename: 'Rename “{{name}}”',
      up: 'Move “{{name}}” up',
      down: 'Move “{{name}}” down',
      delete: 'Delete “{{name}}”',
      deleted: 'Bookmark “{{name}}” deleted',
      full: 'No more than {{count}} bookmarks.',
      notKept: 'The browser did not keep the bookmark: its storage is full or turned off.',
    },
  },
} as const satisfies FeatureTexts

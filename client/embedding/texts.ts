import type { FeatureTexts } from '../ui/i18n.ts'

export const texts = {
  zh: {
    embedding: {
      code: '网页代码',
      link: '链接',
      height: '高度（像素）',
      copyCode: '复制代码',
      copyLink: '复制链接',
      hint: '把代码粘贴到其他网页，即可显示当前视野的只读地图，数据实时更新。',
      origins: '默认只有本系统所在网站可以嵌入；其他网站由管理员在环境变量 GRIDWARD_EMBED_ORIGINS 中列出。',
      try: '预览',
      open: '在 Gridward 中打开',
      title: '网格地图',
      nothing: '这里还没有数据',
      closed: '这张地图没有公开。',
      signIn: '登录',
    },
  },
  en: {
    embedding: {
      code: 'Code for a web page',
      link: 'Link',
      height: 'Height (pixels)',
      copyCode: 'Copy the code',
      copyLink: 'Copy the link',
      hint: 'Paste the code into another page to show this view as a read-only map. Its data stay live.',
      origins:
        'By default only pages of this site may embed it; an administrator names others in the environment variable GRIDWARD_EMBED_ORIGINS.',
      try: 'Preview',
      open: 'Open in Gridward',
      title: 'Grid map',
      nothing: 'There is no data here yet',
      closed: 'This map is not public.',
      signIn: 'Sign in',
    },
  },
} as const satisfies FeatureTexts

import type { FeatureTexts } from '../i18n.ts'

export const texts = {
  zh: {
    section: {
      people: '人员',
      roles: '角色与权限',
      tokens: '令牌与大屏',
      sessions: '登录会话',
      published: '公开图层',
      audit: '审计记录',
      title: '账号与权限',
    },
  },
  en: {
    section: {
      people: 'People',
      roles: 'Roles',
      tokens: 'Tokens and kiosks',
      sessions: 'Sessions',
      published: 'Published layers',
      audit: 'Audit trail',
      title: 'Access',
    },
  },
} as const satisfies FeatureTexts

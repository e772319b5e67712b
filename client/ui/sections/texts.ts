import type { FeatureTexts } from '../i18n.ts'

export const texts = {
  zh: {
    section: {
      workflow: '案件流程',
      limits: '办理时限',
      calendar: '节假日',
      departments: '部门',
      walls: '大屏',
      people: '人员',
      roles: '角色与权限',
      tokens: '令牌与大屏',
      sessions: '登录会话',
      published: '公开图层',
      audit: '审计记录',
      title: '设置项目',
      group: { cases: '案件办理', walls: '大屏', access: '账号与权限' },
    },
  },
  en: {
    section: {
      workflow: 'Workflow',
      limits: 'Limits',
      calendar: 'Holidays',
      departments: 'Departments',
      walls: 'Walls',
      people: 'People',
      roles: 'Roles',
      tokens: 'Tokens and kiosks',
      sessions: 'Sessions',
      published: 'Published layers',
      audit: 'Audit trail',
      title: 'Sections of the settings',
      group: { cases: 'Handling cases', walls: 'Walls', access: 'Access' },
    },
  },
} as const satisfies FeatureTexts

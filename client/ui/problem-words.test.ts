import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { ApiError } from '../api/request.ts'
import { problemWords, toError } from './problem-words.ts'
import { zh } from './zh.ts'

beforeAll(async () => {
  await i18next.init({ lng: 'zh', resources: { zh: { translation: zh } } })
})

test('a refusal is said in the language in use; the English of the server stays apart', () => {
  expect(problemWords(new ApiError(409, 'name-conflict', 'Another view is called “A”.'))).toEqual({
    said: zh.problem['name-conflict'],
    detail: 'Another view is called “A”.',
  })
  expect(problemWords({ code: 'no-parent', detail: 'Grid -1 lies in no community.' }).said).toBe(
    zh.problem['no-parent'],
  )
})

test('an answer without a known code, of a proxy say, still gets a sentence instead of its key', () => {
  for (const code of ['http', 'made-up', 'toString', ''])
    expect(problemWords(new ApiError(502, code, '502 Bad Gateway')).said).toBe(zh.problem.http)
})

test('no answer at all is no refusal', () => {
  expect(problemWords(new ApiError(0, 'unreachable', 'unreachable'))).toEqual({
    said: zh.error.offline,
    detail: undefined,
  })
})

test('an error of the page is in words already', () => {
  expect(problemWords(toError('没有写入'))).toEqual({ said: '没有写入', detail: undefined })
})

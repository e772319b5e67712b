import type { z } from '@hono/zod-openapi'

export const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })

/** A body that a route must be sent. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({ required: true, content: json(schema) })

export const jsonAnswer = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: json(schema),
})

/** Of a route that answers in one way. */
export const jsonAnswers = <S extends z.ZodType>(description: string, schema: S) => ({
  200: jsonAnswer(description, schema),
})

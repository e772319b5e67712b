import { ApiError } from '../api/request.ts'

/** Somebody else moved the case on meanwhile. */
export const isOvertaken = (error: unknown): boolean => error instanceof ApiError && error.status === 412

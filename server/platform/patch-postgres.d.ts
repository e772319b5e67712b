export function patchPostgres(): void
export function isPostgresPatched(): boolean

let owner = ''

/** Whose drafts this browser keeps and offers from now on: nobody finds those of whoever sat here before. */
export function setDraftOwner(person: number | undefined): void {
  owner = person === undefined ? '' : `-${person}`
}

/** A name under which something is kept for whoever is signed in. */
export const ofOwner = (name: string): string => `${name}${owner}`

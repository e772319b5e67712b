// Opens an embedded database in a role, says so, and keeps it until it is killed.
import { type EmbeddedRole, openEmbedded } from '../../server/platform/embedded/open.ts'

const [folder, role] = process.argv.slice(2) as [string, EmbeddedRole]
await openEmbedded(folder, role, () => {})
process.stdout.write('open\n')

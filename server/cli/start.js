// npm start: installs when the lock file changed, builds when the client changed, then serves.
import { fileURLToPath } from 'node:url'
import { ensureBuilt, ensureInstalled, requireNode, step } from './installed.js'

requireNode()
ensureInstalled()
ensureBuilt()
step('Starting the server')
const gridward = fileURLToPath(new URL('./gridward.js', import.meta.url))
process.argv = [process.execPath, gridward, 'serve', '--with-demo']
await import('./gridward.js')

#!/usr/bin/env node
// The sources are TypeScript and run as they are: tsx is registered, then the command line proper is loaded.
import { register } from 'tsx/esm/api'

register()
await import('./main.ts')

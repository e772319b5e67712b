import '../app/schemas-without-eval.ts'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-sc/wght.css'
import './wall.css'
import { createRoot } from 'react-dom/client'
import { Boundary } from '../ui/boundary.tsx'
import { addTexts, startI18n } from '../ui/i18n.ts'
import { readAddress } from './address.ts'
import { Broken } from './broken.tsx'
import { texts } from './texts.ts'
import { WallApp } from './wall-app.tsx'

const address = readAddress(location.search)
await startI18n(address.lang ?? 'zh')
addTexts(texts)

// Not in strict mode: a wall has one stream and one map, and makes each once.
createRoot(document.getElementById('root')!).render(
  <Boundary instead={<Broken />}>
    <WallApp address={address} />
  </Boundary>,
)

import { seedDemo } from '../../server/demo/seed-demo.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { copyTemplate, embeddedTemplate } from './embedded-template.ts'
import { testEnv } from './test-env.ts'

/** An embedded database with a small demo area and no patrols yet, closed: to be copied by whoever changes it. */
export async function makeDemoData(dataFolder: string): Promise<void> {
  await copyTemplate(await embeddedTemplate(), dataFolder)
  const database = await openDatabase(testEnv({ dataFolder }), 'command')
  await seedDemo(database, { buildings: 500, seed: 1, patrols: false }).finally(() => database.close())
}

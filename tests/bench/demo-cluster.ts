import { seedDemo } from '../../server/demo/seed-demo.ts'
import { connect, openDatabase } from '../../server/platform/database.ts'
import { startPostgresCluster } from '../support/postgres-cluster.ts'
import { testEnv } from '../support/test-env.ts'
import { option, say } from './bench-options.ts'

/** A throw-away PostgreSQL with the demo area of so many buildings and the seed of the command line. Whoever asks stops `cluster`. */
export async function startDemoCluster(buildings: number) {
  const cluster = await startPostgresCluster()
  try {
    const admin = connect(cluster.url('postgres'), 1)
    await admin.unsafe('CREATE DATABASE bench')
    await admin.end()
    const url = cluster.url('bench')
    const database = await openDatabase(testEnv({ databaseUrl: url }), 'server')
    say(`Filling a database with ${buildings} buildings …`)
    await seedDemo(database, { buildings, seed: Number(option('seed') ?? 1) })
    await database.sql.unsafe('VACUUM ANALYZE')
    return { cluster, url, database }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

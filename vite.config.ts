import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { fieldWorker } from './client/field/build-worker.ts'
import { nameStart } from './client/field/name-start.ts'

export default defineConfig({
  root: 'client',
  plugins: [react(), fieldWorker()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { index: 'client/index.html', field: 'client/field.html', wall: 'client/wall.html' },
      output: {
        // Files of several modules import each other in circles; without it a schema may be made before what it is made of.
        strictExecutionOrder: true,
        chunkFileNames: ({ name }) => `assets/${name.split('~', 1)[0]}-[hash].js`,
        // What the page cannot start without is one file; what its parts share are few. Else each icon is a request.
        codeSplitting: {
          groups: [
            { name: nameStart, tags: ['$initial'], priority: 2 },
            {
              name: 'shared',
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 40_000,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/tiles', '/ogc'].map((path) => [path, 'http://127.0.0.1:8787'])),
  },
  test: {
    root: '.',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          root: '.',
          include: ['{geodata,server,client}/**/*.test.{ts,tsx}'],
          // A machine that does other things as well is slow, not wrong.
          testTimeout: 30_000,
          // Reading modules anew for each file takes as long as the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          root: '.',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: 'tests/support/databases.ts',
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 180_000,
          maxWorkers: 2,
          // A worker keeps the modules that it has read, and its engine, for all its files.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          root: '.',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/support/browser-server.ts',
          testTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } },
          hookTimeout: 240_000,
          maxWorkers: 2,
          // A worker keeps its browser, with all that it has read, for all its files.
          isolate: false,
        },
      },
    ],
  },
})

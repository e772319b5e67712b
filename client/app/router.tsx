import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { App } from './app.tsx'
import { Failure } from './failure.tsx'
import { formatQuery, parseQuery, readSearch } from './view-state.ts'

const root = createRootRoute()
const workspace = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readSearch,
  component: App,
})

export const router = createRouter({
  routeTree: root.addChildren([workspace]),
  parseSearch: parseQuery,
  stringifySearch: formatQuery,
  defaultErrorComponent: Failure,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

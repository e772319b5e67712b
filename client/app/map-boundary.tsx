import { Component, type ReactNode } from 'react'

interface MapBoundaryProps {
  children: ReactNode
  /** Shown instead of a map that cannot be made, for instance without WebGL 2. Lists and panels go on working. */
  instead: ReactNode
}

export class MapBoundary extends Component<MapBoundaryProps, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}

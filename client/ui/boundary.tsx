import { Component, type ReactNode } from 'react'

interface BoundaryProps {
  children: ReactNode
  /** Shown instead of a part that failed: a map without WebGL 2, a tool whose code is gone after an upgrade. */
  instead: ReactNode
}

/** Keeps a failure in one part of the page from taking the rest along. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}

import './access.css'
import type { ReactNode } from 'react'
import { type Looks, LooksButtons } from '../ui/looks-buttons.tsx'
import { Backdrop } from './backdrop.tsx'

interface EntranceProps extends Looks {
  title: string
  lead?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** The frame of the pages before the map: a card over a drawn town, with language and theme at hand. */
export function Entrance({ title, lead, wide, children, ...looks }: EntranceProps) {
  return (
    <div className="gw-entrance">
      <Backdrop />
      <header className="gw-entrance-head">
        <span className="gw-entrance-brand">
          <img src="/gridward.svg" alt="" width="28" height="28" />
          Gridward
        </span>
        <LooksButtons {...looks} />
      </header>
      <main className="gw-entrance-main">
        <div className="gw-entrance-card" data-wide={wide || undefined}>
          <h1>{title}</h1>
          {lead && <div className="gw-entrance-lead">{lead}</div>}
          {children}
        </div>
      </main>
    </div>
  )
}

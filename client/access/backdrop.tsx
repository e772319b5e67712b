import { useMemo } from 'react'

const COLUMNS = 16
const ROWS = 10
const STEP = 90

/** A made-up town as lines: communities, grids and micro-grids, behind the pages before the map. */
export function Backdrop() {
  const { thin, middle, thick } = useMemo(mesh, [])
  return (
    <svg
      className="gw-backdrop"
      viewBox={`0 0 ${(COLUMNS - 1) * STEP} ${(ROWS - 1) * STEP}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <path className="gw-backdrop-thin" d={thin} />
      <path className="gw-backdrop-middle" d={middle} />
      <path className="gw-backdrop-thick" d={thick} />
    </svg>
  )
}

/** A lattice whose corners are moved by a fixed pattern; every second line is a grid's, every sixth a community's. */
function mesh() {
  const corner = (column: number, row: number) => {
    const turn = Math.sin(column * 12.9898 + row * 78.233) * 43758.5453
    const [a, b] = [turn - Math.floor(turn), turn * 7 - Math.floor(turn * 7)]
    return `${Math.round((column + (a - 0.5) * 0.5) * STEP)} ${Math.round((row + (b - 0.5) * 0.5) * STEP)}`
  }
  const paths = { thin: '', middle: '', thick: '' }
  const width = (index: number) => (index % 6 === 2 ? 'thick' : index % 2 === 0 ? 'middle' : 'thin')
  for (let row = -1; row <= ROWS; row++)
    for (let column = -1; column <= COLUMNS; column++) {
      const from = corner(column, row)
      paths[width(row)] += `M${from}L${corner(column + 1, row)}`
      paths[width(column)] += `M${from}L${corner(column, row + 1)}`
    }
  return paths
}

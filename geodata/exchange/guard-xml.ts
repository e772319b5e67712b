import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { Problem } from '../shared/problem.ts'

/** Takes a text in pieces. */
export interface TextReader {
  write(text: string): void
  end(): void
}

export interface XmlHandler {
  /** What such files are called, in messages: OSM. */
  format: string
  maxDepth: number
  /** Depth 0 is the root. */
  open(tag: SaxesTagPlain, depth: number): void
  close(name: string, depth: number): void
  text?(text: string): void
}

/** An element, comment or text longer than this is not map data; what saxes buffers stays below it. */
const MAX_TOKEN = 1_000_000
const PIECE = 65_536

/**
 * Reads XML that anyone may have made. Throws `unreadable-file` with the line for what is not well-formed, too deep, or
 * has an item too long; a document type is refused, so no entity is ever expanded. What the handler throws goes through.
 */
export function guardXml({ format, maxDepth, ...handler }: XmlHandler): TextReader {
  const parser = new SaxesParser()
  let depth = 0
  let written = 0
  let lastToken = 0

  parser.on('doctype', () => {
    throw new Problem(
      'unreadable-file',
      `The file has a document type (DOCTYPE), which ${format} files never have.`,
    )
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    lastToken = written
    handler.open(tag, depth++)
  })
  parser.on('closetag', ({ name }) => {
    lastToken = written
    handler.close(name, --depth)
  })
  if (handler.text) parser.on('text', handler.text)

  const guarded = (step: () => void) => {
    try {
      step()
    } catch (error) {
      if (error instanceof Problem) throw error
      throw new Problem(
        'unreadable-file',
        `The file is not complete, well-formed XML: ${(error as Error).message.slice(0, 200)} (line ${parser.line}).`,
      )
    }
  }
  return {
    write: (text) =>
      guarded(() => {
        for (let at = 0; at < text.length; at += PIECE) {
          const piece = text.slice(at, at + PIECE)
          written += piece.length
          parser.write(piece)
          if (depth > maxDepth)
            throw new Problem('unreadable-file', `The XML is nested deeper than ${format} ever is.`)
          if (written - lastToken > MAX_TOKEN)
            throw new Problem('unreadable-file', `The XML has an item of more than ${MAX_TOKEN} characters.`)
        }
      }),
    end: () =>
      guarded(() => {
        parser.close()
      }),
  }
}

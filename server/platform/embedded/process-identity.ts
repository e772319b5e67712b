import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as a text that differs for a later process with the same id; undefined when no such
 * process runs here. A zombie does not run: it holds no files.
 */
export function processStart(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return process.platform === 'linux' ? linuxStart(pid) : otherStart(pid)
}

/** Fields of /proc/PID/stat after the name, which may hold spaces and brackets itself: state is the 1st, start the 20th. */
function linuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
    return `${boot}-${fields[19]}`
  } catch {
    return undefined
  }
}

function otherStart(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 && stdout.trim() ? stdout.trim().replace(/\W+/g, '-') : undefined
}

import { ROLES } from '../../geodata/access/roles.ts'
import type { Case, CaseEntry } from '../../geodata/hazards/case.schema.ts'
import { photoUrl } from '../api/notes.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { useOwnName } from '../ui/session.ts'
import { useDispatchWords } from './dispatch-words.ts'
import { useEntryDetail } from './entry-detail.ts'
import { useEntryWords } from './entry-words.ts'
import type { Labels } from './labels.ts'

/** What the server does of itself is done by this name. */
const SWEEPER = 'gridward'

/** All that happened to a case, newest first. Nothing in it can be changed. */
export function CaseHistory({ of, labels }: { of: Case; labels: Labels }) {
  const { t } = useTexts()
  return (
    <section className="gw-case-history" aria-label={t('cases.history')}>
      <h3>
        {t('cases.history')}
        <span className="gw-count">{of.entries.length}</span>
      </h3>
      <ol reversed>
        {[...of.entries].reverse().map((entry) => (
          <Entry
            key={entry.seq}
            entry={entry}
            given={of.entries[entry.seq - 2]?.departmentId !== entry.departmentId}
            labels={labels}
          />
        ))}
      </ol>
    </section>
  )
}

interface EntryProps {
  entry: CaseEntry
  /** Somebody else has the case since then. */
  given: boolean
  labels: Labels
}

function Entry({ entry, given, labels }: EntryProps) {
  const { t, lang } = useTexts()
  const words = useEntryWords(labels)
  const dispatchWords = useDispatchWords()
  const detail = useEntryDetail()(entry)
  const own = useOwnName()
  const { seq, at, kind, fromState, toState, actor, role, departmentName, reason, note, photos, dueAt } =
    entry
  const roleName = role !== null && role in ROLES ? ROLES[role as keyof typeof ROLES][lang] : undefined
  const who = actor === own ? t('cases.self') : actor === SWEEPER && role === null ? t('cases.system') : actor
  const detailWords = dispatchWords(entry)
  const by = [who, roleName].filter(Boolean).join(' · ')
  return (
    <li className="gw-case-entry" data-kind={kind} data-testid="case-entry">
      <header>
        <b>{words(entry)}</b>
        <time dateTime={at}>{formatTime(at)}</time>
      </header>
      <p className="gw-case-by">
        {by}
        {fromState !== toState && <span>{t('cases.became', { state: labels.state(toState) })}</span>}
      </p>
      {departmentName !== null && given && (
        <p className="gw-case-by">{t('cases.given', { department: departmentName })}</p>
      )}
      {detailWords && <p className="gw-case-said">{detailWords}</p>}
      {detail && <p className="gw-case-by">{detail}</p>}
      {reason && (
        <p className="gw-case-said">
          <small>{t('cases.reason')}</small> {reason}
        </p>
      )}
      {note && <p className="gw-case-said">{note}</p>}
      {photos.length > 0 && (
        <ul className="gw-photos">
          {photos.map((id, index) => (
            <li key={id}>
              <a href={photoUrl(id, 'full')} target="_blank" rel="noreferrer">
                <img
                  src={photoUrl(id, 'thumb')}
                  alt={t('cases.photoOf', { n: index + 1, total: photos.length, what: words(entry) })}
                  loading="lazy"
                  decoding="async"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className="gw-case-by">
        #{seq}
        {dueAt && ` · ${t('cases.dueThen', { time: formatTime(dueAt) })}`}
      </p>
    </li>
  )
}

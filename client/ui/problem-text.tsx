import './problem-text.css'
import { useTexts } from './i18n.ts'
import { problemWords, type ReportedProblem } from './problem-words.ts'

/** Why something failed; what the server said to it in English stands below, folded where English is not read. */
export function ProblemText({ error }: { error: Error | ReportedProblem }) {
  const { t, lang } = useTexts()
  const { said, detail } = problemWords(error)
  return (
    <div className="gw-problem">
      {said}
      {detail && lang === 'en' && <small>{detail}</small>}
      {detail && lang !== 'en' && (
        <details>
          <summary>{t('error.details')}</summary>
          <small lang="en">{detail}</small>
        </details>
      )}
    </div>
  )
}

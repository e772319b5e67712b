/** Grey lines where a panel's content will stand. */
export function PanelSkeleton() {
  return (
    <div className="gw-panel-body gw-skeleton" aria-hidden="true">
      {['92%', '70%', '84%', '48%', '76%', '60%'].map((width) => (
        <i key={width} style={{ width }} />
      ))}
    </div>
  )
}

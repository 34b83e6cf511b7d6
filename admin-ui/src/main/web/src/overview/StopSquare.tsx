import Icon from '@ant-design/icons';

/** The square of every player, which the icon set lacks. */
export function StopSquare() {
  return (
    <Icon
      aria-label="stop"
      component={() => (
        <svg width="1em" height="1em" viewBox="0 0 16 16" fill="currentColor" aria-hidden>
          <rect x="3" y="3" width="10" height="10" rx="1.5" />
        </svg>
      )}
    />
  );
}

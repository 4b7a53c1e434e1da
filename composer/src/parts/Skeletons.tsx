import { Skeleton, SkeletonItem } from '@fluentui/react-components';
import { useEffect, useState, type PropsWithChildren } from 'react';
import { texts } from '../texts';

/** Shows its content after 300 ms only, so that quick answers do not flicker. */
export function Late({ children, after = 300 }: PropsWithChildren<{ after?: number }>) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return isDue ? children : null;
}

/** Rows that are on their way. */
export function RowSkeletons({ rows = 8, height = 32 }: { rows?: number; height?: number }) {
  return (
    <Late>
      <Skeleton aria-label={texts.loading} style={{ padding: '0 20px' }}>
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} style={{ height, display: 'flex', alignItems: 'center' }}><SkeletonItem size={12} style={{ width: `${70 - ((index * 17) % 40)}%` }} /></div>
        ))}
      </Skeleton>
    </Late>
  );
}

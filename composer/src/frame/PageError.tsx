import { Button } from '@fluentui/react-components';
import { ErrorCircleRegular } from '@fluentui/react-icons/svg/error-circle';
import { useRouteError } from 'react-router';
import { EmptyState } from '../parts/EmptyState';
import { sentenceOf } from '../parts/ErrorBar';
import { texts } from '../texts';

/** A page that could not be shown: a part of Composer that did not load, or a fault of its own. */
export function PageError({ isWhole = false }: { isWhole?: boolean }) {
  const error = useRouteError();
  return (
    <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', height: isWhole ? '100%' : undefined }}>
      <EmptyState icon={ErrorCircleRegular} title={texts.frame.pageFailed} hint={sentenceOf(error)} />
      <Button onClick={() => location.reload()}>{texts.frame.reload}</Button>
    </div>
  );
}

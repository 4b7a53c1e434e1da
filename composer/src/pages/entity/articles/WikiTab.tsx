import type { EntityTabProps } from '../../../registry';
import { ArticlesTab } from './ArticlesTab';

/** The pages of a wiki. */
export default function WikiTab({ kind, entity }: EntityTabProps) {
  return <ArticlesTab kind={kind} entity={entity} type="wiki" />;
}

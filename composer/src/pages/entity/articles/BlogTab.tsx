import type { EntityTabProps } from '../../../registry';
import { ArticlesTab } from './ArticlesTab';

/** The entries of a blog. */
export default function BlogTab({ kind, entity }: EntityTabProps) {
  return <ArticlesTab kind={kind} entity={entity} type="blog" />;
}

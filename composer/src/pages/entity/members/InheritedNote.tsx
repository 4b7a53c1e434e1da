import { Link } from 'react-router';
import type { MemberSource } from '../../../api/members';
import { entityKey } from '../../../app/entityDraft';
import { kindOfType, kindTexts } from '../../../registry';
import { texts } from '../../../texts';
import css from './members.module.css';

/** Says where an inherited member can be changed. */
export function InheritedNote({ source }: { source: MemberSource }) {
  const kind = kindOfType(source.type);
  return <p className={css.reason}>{kind ? <>{texts.members.definedBy(kindTexts(kind).one)} <Link to={entityKey(kind.collection, source.name)}>{source.name}</Link>{texts.members.changedThere}</> : texts.members.ofPlatform}</p>;
}

import { AddRegular } from '@fluentui/react-icons/svg/add';
import { Link } from 'react-router';
import { PageHead } from '../../parts/PageHead';
import { browseGroups, kinds, kindTexts } from '../../registry';
import { texts } from '../../texts';
import css from './KindChoice.module.css';

/** Everything that can be made, in the groups of the Browse tree. */
export function KindChoice() {
  return (
    <>
      <PageHead icon={AddRegular} title={texts.actions.new} hint={texts.create.hint} />
      <div className={css.groups}>
        {browseGroups.map(group => {
          const made = kinds.filter(kind => kind.group === group && kind.making);
          return made.length > 0 && (
            <section key={group} aria-labelledby={`group-${group}`}>
              <h2 id={`group-${group}`}>{texts.groups[group]}</h2>
              <ul>
                {made.map(kind => <li key={kind.id}><Link to={`/new/${kind.id}`} className={css.kind}><kind.icon aria-hidden /><span><b>{kindTexts(kind).one}</b><span className="hint">{kindTexts(kind).hint}</span></span></Link></li>)}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

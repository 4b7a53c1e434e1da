import { Button, Dialog, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { lineageOf, useTemplateBases } from '../../api/templates';
import type { Fields } from '../../app/draft';
import { ErrorBar } from '../../parts/ErrorBar';
import { RowSkeletons } from '../../parts/Skeletons';
import { isRemoteTemplate, kinds, kindTexts, type Kind } from '../../registry';
import { texts } from '../../texts';
import { OfferChoice } from './offers/OfferChoice';
import css from './TemplateDialog.module.css';

interface Properties {
  kind: Kind;
  /** The template that is chosen at first. */
  first?: string | undefined;
  /** Called with the template, and with fields that the choice proposes. */
  onChoose: (template: string, proposal: Fields) => void;
}

/** Chooses the template of a new Thing: those of the kind first as the platform brings them, then what is derived from them. Of a remote one, also what it shall stand for. */
export function TemplateDialog({ kind, first, onChoose }: Properties) {
  const navigate = useNavigate();
  const bases = useTemplateBases();
  const templates = useMemo(() => {
    const own = kind.templates ?? ['GenericThing', 'RemoteThing'];
    const others = [...(bases.data?.entries() ?? [])].filter(([name]) => !own.includes(name) && (kind.templates === undefined
      ? !kinds.some(one => one.templates?.some(template => lineageOf(name, bases.data).includes(template)))
      : lineageOf(name, bases.data).some(one => own.includes(one))));
    return [...own, ...others.map(([name]) => name).sort((a, b) => a.localeCompare(b))];
  }, [bases.data, kind]);
  const [chosen, setChosen] = useState(first ?? templates[0] ?? '');
  const [proposal, setProposal] = useState<Fields>({});
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => void list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [chosen]);
  const isRemote = lineageOf(chosen, bases.data).some(isRemoteTemplate);

  const leave = () => void navigate(`/browse/${kind.id}`);
  const choose = (template: string) => onChoose(template, isRemote && template === chosen ? proposal : {});
  const onKeyDown = (event: KeyboardEvent) => {
    const place = templates.indexOf(chosen);
    const next = { ArrowDown: templates[place + 1], ArrowUp: templates[place - 1], Home: templates[0], End: templates.at(-1) }[event.key];
    if (next !== undefined) setChosen(next);
    else if (event.key === 'Enter') choose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => { if (!open) leave(); }}>
      <DialogSurface className={css.surface} data-wide={isRemote || undefined}>
        <div className={css.head}><DialogTitle action={null} className={css.title}>{texts.create.title(kindTexts(kind).one)}</DialogTitle></div>
        <div className={css.columns} data-wide={isRemote || undefined}>
          <div className={css.body}>
            {bases.error && <ErrorBar error={bases.error} isBare />}
            <div className={css.label} id="templates">{texts.create.template}</div>
            <div ref={list} role="listbox" tabIndex={0} aria-labelledby="templates" aria-activedescendant={`template-${chosen}`} className={css.list} onKeyDown={onKeyDown}>
              {templates.map(name => (
                <div key={name} id={`template-${name}`} role="option" aria-selected={name === chosen} className={css.template} onClick={() => setChosen(name)} onDoubleClick={() => choose(name)}>
                  <div>{name}</div><div className="hint">{hintOf(kind, name, lineageOf(name, bases.data)[1], bases.data?.get(name)?.row.description)}</div>
                </div>
              ))}
              {bases.isPending && <RowSkeletons rows={3} height={44} />}
            </div>
          </div>
          {isRemote && <div className={css.offers}><OfferChoice key={chosen} kind={kind} template={chosen} onPropose={setProposal} /></div>}
        </div>
        <div className={css.foot}>
          <span className="hint"><kbd>↑</kbd> <kbd>↓</kbd> {texts.palette.choose} &nbsp; <kbd>Enter</kbd> {texts.actions.ok}</span><div className="grow" />
          <Button appearance="primary" className={css.button} disabled={chosen === ''} onClick={() => choose(chosen)}>{texts.actions.ok}</Button>
          <Button className={css.button} onClick={leave}>{texts.actions.cancel}</Button>
        </div>
        {/* Last, because the dialog gives the focus to its first control: that shall be the list. */}
        <Button className={css.close} appearance="subtle" icon={<DismissRegular />} aria-label={texts.actions.close} onClick={leave} />
      </DialogSurface>
    </Dialog>
  );
}

const hintOf = (kind: Kind, name: string, base: string | undefined, description: string | undefined): string =>
  base ? texts.create.derived(base) : kind.templates === undefined ? description ?? '' : isRemoteTemplate(name) ? texts.create.rowsThere : texts.create.rowsHere;

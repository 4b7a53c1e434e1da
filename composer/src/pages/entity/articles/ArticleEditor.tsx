import { Button, Dropdown, Input, Option, Textarea } from '@fluentui/react-components';
import { LinkRegular } from '@fluentui/react-icons/svg/link';
import { TextBoldRegular } from '@fluentui/react-icons/svg/text-bold';
import { TextBulletListRegular } from '@fluentui/react-icons/svg/text-bullet-list';
import { TextItalicRegular } from '@fluentui/react-icons/svg/text-italic';
import { useLayoutEffect, useRef, useState } from 'react';
import { useSession } from '../../../app/session';
import { useShortcut } from '../../../frame/shortcuts';
import { tell } from '../../../frame/status';
import { confirm } from '../../../parts/confirm';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { safeHtml } from '../../../parts/safeHtml';
import { htmlClass } from '../../../parts/Html';
import { Segments } from '../../../parts/Segments';
import { TagsInput } from '../../../parts/TagsInput';
import { texts } from '../../../texts';
import { withBelow, type Article, type Articles, type Writing } from './articles';
import css from './Articles.module.css';

interface Properties {
  articles: Articles;
  /** What is changed; without it a new one is written. */
  article?: Article | undefined;
  /** All pages, to choose what it stands below. */
  pages: readonly Article[];
  parent: string;
  onDone: (id: string) => void;
  onCancel: () => void;
}

/** Writes an article: as text with its formats, or as HTML. */
export function ArticleEditor({ articles, article, pages, parent, onDone, onCancel }: Properties) {
  const { user } = useSession();
  const [before] = useState<Writing>({ title: article?.title ?? '', content: article?.content ?? '', tags: article?.tags ?? '', parent: article?.parent ?? parent });
  const [writing, setWriting] = useState(before);
  const [view, setView] = useState<'text' | 'html'>('text');
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const isChanged = JSON.stringify(writing) !== JSON.stringify(before);
  const canSave = !isBusy && writing.title.trim() !== '' && isChanged;
  const save = async () => {
    if (!canSave) return;
    setIsBusy(true);
    setFailure(undefined);
    try {
      const id = article === undefined ? await articles.add(writing, user) : article.id;
      if (article !== undefined) await articles.change(article.id, writing);
      tell(texts.pages.saved(writing.title));
      onDone(id);
    } catch (error) {
      setFailure(error);
      setIsBusy(false);
    }
  };
  const cancel = async () => {
    if (!isChanged || await confirm({ title: texts.pages.leave, detail: texts.pages.leaveHint, action: texts.pages.leave, isDangerous: true })) onCancel();
  };
  useShortcut({ keys: 'Ctrl+S', does: texts.actions.save, inFields: true }, () => void save());
  // A page cannot come below itself.
  const own = article === undefined ? new Set<string>() : withBelow(pages, article.id);
  const parents = pages.filter(page => !own.has(page.id));
  return (
    <form noValidate className={css.editor} onSubmit={event => { event.preventDefault(); void save(); }}>
      <ErrorBar error={failure} isBare />
      <FormField label={texts.pages.title} isRequired><Input autoFocus value={writing.title} onChange={(_, data) => setWriting({ ...writing, title: data.value })} /></FormField>
      {articles.kind === 'wiki' && (
        <FormField label={texts.pages.parent}>
          <Dropdown size="small" value={parents.find(page => page.id === writing.parent)?.title ?? texts.pages.top} selectedOptions={[writing.parent]} onOptionSelect={(_, { optionValue }) => setWriting({ ...writing, parent: optionValue ?? '' })}>
            <Option value="">{texts.pages.top}</Option>
            {parents.map(page => <Option key={page.id} value={page.id}>{page.title}</Option>)}
          </Dropdown>
        </FormField>
      )}
      <div>
        <div className={css.format}>
          <Segments label={texts.pages.content} value={view} onChange={setView} choices={[{ value: 'text', label: texts.pages.reader }, { value: 'html', label: texts.pages.source }]} />
          {view === 'text' && <FormatButtons />}
        </div>
        {view === 'text'
          ? <Editable content={writing.content} onChange={content => setWriting(now => ({ ...now, content }))} />
          : <FormField label={texts.pages.source} hint={texts.pages.contentHint}><Textarea rows={14} resize="vertical" spellCheck={false} textarea={{ className: 'mono' }} value={writing.content} onChange={(_, data) => setWriting({ ...writing, content: data.value })} /></FormField>}
      </div>
      <FormField label={texts.pages.tags}><TagsInput value={writing.tags} onChange={tags => setWriting({ ...writing, tags })} /></FormField>
      <div className="row">
        <Button type="submit" appearance="primary" disabled={!canSave}>{texts.pages.save}</Button>
        <Button onClick={() => void cancel()}>{texts.pages.cancel}</Button>
      </div>
    </form>
  );
}

/** The text as it will be read, to write into. What it holds has been made safe first. */
function Editable({ content, onChange }: { content: string; onChange: (html: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [first] = useState(content);
  useLayoutEffect(() => box.current?.replaceChildren(safeHtml(first)), [first]);
  return (
    <div
      ref={box} className={`${css.editable ?? ''} ${htmlClass}`} contentEditable suppressContentEditableWarning role="textbox" aria-multiline aria-label={texts.pages.content}
      onInput={event => onChange(event.currentTarget.innerHTML)}
      onPaste={event => {
        // Pasted text comes without the looks of where it was.
        event.preventDefault();
        document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
      }}
    />
  );
}

const formats = [
  { command: 'bold', icon: TextBoldRegular, label: texts.pages.formats.bold }, { command: 'italic', icon: TextItalicRegular, label: texts.pages.formats.italic },
  { command: 'insertUnorderedList', icon: TextBulletListRegular, label: texts.pages.formats.list },
] as const;

function FormatButtons() {
  const [address, setAddress] = useState<string | undefined>();
  const range = useRef<Range>(undefined);
  const keep = () => {
    const selection = getSelection();
    range.current = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
    setAddress('https://');
  };
  const link = () => {
    const selection = getSelection();
    if (range.current && selection && address && /^(https?|mailto):/.test(address)) {
      selection.removeAllRanges();
      selection.addRange(range.current);
      document.execCommand('createLink', false, address);
    }
    setAddress(undefined);
  };
  return (
    <>
      {/* The editor keeps its selection while a button is pressed. */}
      {formats.map(({ command, icon: Icon, label }) => <Button key={command} size="small" appearance="subtle" icon={<Icon />} aria-label={label} title={label} onMouseDown={event => event.preventDefault()} onClick={() => document.execCommand(command)} />)}
      <Button size="small" appearance="subtle" onMouseDown={event => event.preventDefault()} onClick={() => document.execCommand('formatBlock', false, 'h3')}>{texts.pages.formats.heading}</Button>
      <Button size="small" appearance="subtle" icon={<LinkRegular />} aria-label={texts.pages.formats.link} title={texts.pages.formats.link} onMouseDown={event => event.preventDefault()} onClick={keep} />
      {address !== undefined && <Input size="small" autoFocus aria-label={texts.pages.formats.link} value={address} onChange={(_, data) => setAddress(data.value)} onKeyDown={event => { if (event.key === 'Enter') { event.preventDefault(); link(); } }} onBlur={link} />}
    </>
  );
}

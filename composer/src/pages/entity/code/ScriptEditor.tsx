import { useEffect, useEffectEvent, useRef } from 'react';
import { useIsDark } from '../../../app/useIsDark';
import type { LineFault } from './failure';
import { declare, monaco } from './monaco';

export interface ScriptEditorProperties {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isReadOnly?: boolean;
  /** What is wrong, each at its line. */
  faults: readonly LineFault[];
  /** What the script can say, as declarations for the language service. */
  declarations: string;
  /** Ctrl Enter. */
  onRun?: (() => void) | undefined;
}

/** The code editor itself; CodeEditor loads it. */
export default function ScriptEditor({ label, value, onChange, isReadOnly = false, faults, declarations, onRun }: ScriptEditorProperties) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const isDark = useIsDark();
  const change = useEffectEvent((next: string) => { if (next !== value) onChange(next); });
  const run = useEffectEvent(() => onRun?.());
  const begin = useEffectEvent(() => ({ value, isReadOnly, label }));

  useEffect(() => {
    if (!host.current) return undefined;
    const first = begin();
    const model = monaco.editor.createModel(first.value, 'javascript');
    const made = monaco.editor.create(host.current, {
      model, readOnly: first.isReadOnly, ariaLabel: first.label, automaticLayout: true, fontFamily: "'JetBrains Mono Variable', monospace", fontSize: 13, lineHeight: 20, minimap: { enabled: false },
      scrollBeyondLastLine: false, tabSize: 2, fixedOverflowWidgets: true, padding: { top: 8, bottom: 8 }, renderLineHighlight: 'line', wordBasedSuggestions: 'off', lineNumbersMinChars: 3, glyphMargin: true,
      overviewRulerLanes: 1, folding: true, contextmenu: true, quickSuggestions: { other: true, strings: true, comments: false },
    });
    editor.current = made;
    const watching = model.onDidChangeContent(() => change(model.getValue()));
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => run());
    return () => {
      watching.dispose();
      made.dispose();
      model.dispose();
      editor.current = undefined;
    };
  }, []);

  useEffect(() => { monaco.editor.setTheme(isDark ? 'hansa-dark' : 'hansa-light'); }, [isDark]);
  useEffect(() => {
    declare(declarations);
    // What has just become known is offered where somebody waits for it; the language service takes declarations a moment later.
    const timer = setTimeout(() => {
      const shown = editor.current;
      const at = shown?.getPosition();
      if (!shown?.hasTextFocus() || !at || !/\]\.\w*$/.test(shown.getModel()?.getLineContent(at.lineNumber).slice(0, at.column - 1) ?? '')) return;
      // While it says that there is nothing, it asks for nothing.
      shown.trigger('declarations', 'hideSuggestWidget', {});
      shown.trigger('declarations', 'editor.action.triggerSuggest', {});
    }, 50);
    return () => clearTimeout(timer);
  }, [declarations]);
  useEffect(() => editor.current?.updateOptions({ readOnly: isReadOnly, ariaLabel: label }), [isReadOnly, label]);
  useEffect(() => {
    const model = editor.current?.getModel();
    // Cancel, a merge or another's save: one edit, so that it can be undone.
    if (model && model.getValue() !== value) model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
  }, [value]);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    monaco.editor.setModelMarkers(model, 'server', faults.map(({ line, sentence }) => {
      const at = Math.min(Math.max(1, line), model.getLineCount());
      return { severity: monaco.MarkerSeverity.Error, message: sentence, startLineNumber: at, endLineNumber: at, startColumn: model.getLineFirstNonWhitespaceColumn(at) || 1, endColumn: Math.max(model.getLineMaxColumn(at), 2) };
    }));
    const [first] = faults;
    if (first) editor.current?.revealLineInCenterIfOutsideViewport(first.line);
  }, [faults]);

  return <div ref={host} style={{ flex: 1, minWidth: 0, minHeight: 0 }} />;
}

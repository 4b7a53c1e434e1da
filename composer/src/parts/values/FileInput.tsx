import { Button } from '@fluentui/react-components';
import { AttachRegular } from '@fluentui/react-icons/svg/attach';
import { useRef, useState } from 'react';
import { texts } from '../../texts';
import { formatBytes } from '../format';
import css from './ValueInput.module.css';

/** A file as an IMAGE or BLOB: its bytes in base64. */
export function FileInput({ isImage, name, value, onChange }: { isImage: boolean; name: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<string | undefined>();
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen.name);
    onChange(await toBase64(chosen));
  };
  return (
    <div className={css.file}>
      <input ref={input} type="file" hidden accept={isImage ? 'image/*' : undefined} onChange={event => void read(event.target.files?.[0])} />
      <Button size="small" icon={<AttachRegular />} aria-label={texts.values.chooseFile(name)} onClick={() => input.current?.click()}>{texts.values.file}</Button>
      {value === undefined ? <span className="dim">{texts.values.noFile}</span> : (
        <>
          <span className="ellipsis">{file} {formatBytes((value.length * 3) / 4)}</span>
          <Button size="small" appearance="subtle" onClick={() => { setFile(undefined); onChange(undefined); }}>{texts.actions.clear}</Button>
        </>
      )}
    </div>
  );
}

const toBase64 = (file: File): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
  reader.onerror = () => reject(reader.error ?? new Error(file.name));
  reader.readAsDataURL(file);
});

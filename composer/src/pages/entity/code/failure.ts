/** A line of a script and what is wrong there. */
export interface LineFault { readonly line: number; readonly sentence: string }

/**
 * The line of a script that a sentence of the server is about: where it could not be compiled, where it failed, or where it called what failed.
 * @param service as the server writes it, `Pump.Twice`.
 * @returns undefined where the sentence names no line of that script.
 */
export function lineFaultOf(sentence: string, service: string): LineFault | undefined {
  const mark = `[${service}]`;
  for (let at = sentence.indexOf(mark); at >= 0; at = sentence.indexOf(mark, at + 1)) {
    const line = /^(?: failed)? at line (\d+)/.exec(sentence.slice(at + mark.length));
    if (line) return { line: Number(line[1]), sentence: at === sentence.indexOf('[') ? reasonOf(sentence.slice(at + mark.length)) : sentence };
  }
  return undefined;
}

/** What stands behind `at line 3:`. */
const reasonOf = (rest: string): string => rest.slice(rest.indexOf(':') + 1).trim();

// Prints the gzip size of what the browser loads before the first page shows, and fails above the limit.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 350 * 1000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(await readFile(`${dist}.vite/manifest.json`, 'utf8'));

const frame = new Set();
const follow = key => {
  const chunk = manifest[key];
  if (frame.has(chunk)) return;
  frame.add(chunk);
  chunk.imports?.forEach(follow);
};
follow('index.html');

const gzip = async file => gzipSync(await readFile(dist + file), { level: 9 }).length;
const kilobytes = bytes => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
let total = 0;
console.log('Frame, gzip:');
for (const { file, css = [] } of frame) {
  for (const one of [file, ...css]) {
    const size = await gzip(one);
    total += size;
    console.log(`${kilobytes(size)}  ${one}`);
  }
}
const lazy = Object.values(manifest).filter(chunk => !frame.has(chunk) && chunk.file.endsWith('.js'));
const sizes = await Promise.all([...new Set(lazy.map(chunk => chunk.file))].map(async file => [file, await gzip(file)]));
console.log('Later, gzip:');
for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) console.log(`${kilobytes(size)}  ${file}`);
console.log(`${kilobytes(total)}  of at most ${limit / 1000} kB`);
if (total > limit) {
  console.error('The frame is too large: load what is not needed at once later.');
  process.exit(1);
}

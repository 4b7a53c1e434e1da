// How fast Composer is in a browser, from a server of this machine: see docs/performance.md.
// HANSA_URL (http://127.0.0.1:8080), HANSA_USER (Administrator), HANSA_PASSWORD, HANSA_CHROMIUM (/usr/bin/chromium)
import { chromium } from 'playwright-core';

const server = process.env.HANSA_URL ?? 'http://127.0.0.1:8080';
const user = process.env.HANSA_USER ?? 'Administrator';
const password = process.env.HANSA_PASSWORD ?? '';
const [starts, properties, seconds] = [7, 200, 30];
const limits = { interactive: 1_500, longestTask: 100, scripting: 30, dropped: 0 };

const median = values => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

async function call(entity, service, parameters = {}) {
  const answer = await fetch(`${server}/Thingworx/${entity}/Services/${service}`, {
    method: 'POST', body: JSON.stringify(parameters),
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  });
  if (!answer.ok) throw new Error(`${entity}/${service} answered ${answer.status}: ${await answer.text()}`);
}

async function signIn(context) {
  const page = await context.newPage();
  await page.goto(`${server}/Thingworx/Composer/`);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('navigation', { name: 'Areas' }).waitFor();
  return page;
}

// The frame is interactive when its rail stands and the main thread has had a free moment after it.
const noteInteractive = () => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('nav a[href]')) return;
    observer.disconnect();
    requestIdleCallback(() => { window.interactiveAt = performance.now(); });
  });
  observer.observe(document, { childList: true, subtree: true });
};

/** From the address to a frame that answers, nothing in the browser's cache. */
async function measureStart(browser) {
  const times = [];
  for (let run = 0; run < starts; run += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const first = await signIn(context);
    const page = await context.newPage();
    await first.close();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.clearBrowserCache');
    await page.addInitScript(noteInteractive);
    await page.goto(`${server}/Thingworx/Composer/browse/Things`);
    await page.waitForFunction(() => window.interactiveAt !== undefined);
    times.push(await page.evaluate(() => window.interactiveAt));
    await context.close();
  }
  return { median: median(times), longest: Math.max(...times) };
}

/** All properties of a Thing written each second, all of them in sight. */
async function measureUpdates(browser) {
  const thing = `ComposerBench${Date.now()}`;
  const names = Array.from({ length: properties }, (_, index) => `value${String(index).padStart(3, '0')}`);
  await call('Resources/EntityServices', 'CreateThing', { name: thing, thingTemplateName: 'GenericThing' });
  for (const name of names) await call(`Things/${thing}`, 'AddPropertyDefinition', { name, type: 'NUMBER' });
  await call(`Things/${thing}`, 'EnableThing');
  const fieldDefinitions = Object.fromEntries(names.map((name, ordinal) => [name, { name, baseType: 'NUMBER', ordinal, description: '', aspects: {} }]));
  const write = number => call(`Things/${thing}`, 'SetPropertyValues', { values: { dataShape: { fieldDefinitions }, rows: [Object.fromEntries(names.map((name, index) => [name, number * 1_000 + index]))] } });

  // High enough for every row: a row out of sight is not drawn.
  const context = await browser.newContext({ viewport: { width: 1440, height: 400 + properties * 32 } });
  const page = await signIn(context);
  await page.goto(`${server}/Thingworx/Composer/Things/${thing}/properties?q=value`);
  await page.locator(`[data-key=${names.at(-1)}]`).waitFor();
  await write(0);
  await wait(2_000);
  const shown = () => page.evaluate(wanted => wanted.map(name => Number(document.querySelector(`[data-key=${name}] [data-column=value]`)?.textContent)), names);
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask' });
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));

  const before = await metrics();
  let dropped = 0;
  for (let second = 1; second <= seconds; second += 1) {
    const next = wait(1_000);
    await write(second);
    await wait(700);
    // The last value of the second is the one that must stand.
    const values = await shown();
    dropped += values.filter((value, index) => value !== second * 1_000 + index).length;
    await next;
  }
  const after = await metrics();
  const share = name => (100 * (after[name] - before[name])) / (after.Timestamp - before.Timestamp);
  const longest = Math.max(0, ...await page.evaluate(() => window.longTasks));
  await context.close();
  await call('Resources/EntityServices', 'DeleteThing', { name: thing });
  return { longest, scripting: share('ScriptDuration'), busy: share('TaskDuration'), dropped };
}

const browser = await chromium.launch({ executablePath: process.env.HANSA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const start = await measureStart(browser);
  const updates = await measureUpdates(browser);
  const rows = [
    [`frame interactive, median of ${starts}`, start.median, limits.interactive, 'ms'],
    ['frame interactive, longest', start.longest, limits.interactive, 'ms'],
    [`${properties} values a second for ${seconds} s: longest task (0: none over 50 ms)`, updates.longest, limits.longestTask, 'ms'],
    ['scripting, share of the main thread', updates.scripting, limits.scripting, '%'],
    ['all tasks, share of the main thread', updates.busy, undefined, '%'],
    ['updates dropped', updates.dropped, limits.dropped, ''],
  ];
  for (const [what, value, limit, unit] of rows) {
    const isOver = limit !== undefined && value > limit;
    if (isOver) process.exitCode = 1;
    console.log(`${isOver ? 'OVER ' : '     '}${what}: ${value.toFixed(unit === '%' ? 1 : 0)} ${unit}${limit === undefined ? '' : ` (at most ${limit})`}`);
  }
} finally {
  await browser.close();
}

// Builds the web interface into the folder given, if anything changed since it was last built there.
// Usage: node build-web.mjs <folder of package.json> <output folder>
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [web, output] = process.argv.slice(2);
const changed = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
const run = (command) => execSync(command, { cwd: web, stdio: 'inherit' });

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist'].includes(entry.name))
    .map((entry) => join(folder, entry.name))
    .reduce((time, path) => Math.max(time, statSync(path).isDirectory() ? newest(path) : changed(path)), 0);
}

// npm writes this file last
if (changed(join(web, 'node_modules', '.package-lock.json')) < changed(join(web, 'package-lock.json'))) {
  run('npm ci --no-audit --no-fund');
}
if (changed(join(output, 'index.html')) < newest(web)) {
  run(`npm run build -- --outDir "${output}" --emptyOutDir`);
}

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
  // `ci` refuses a lock file made where the registry lacked a package of another platform; `install` takes what is locked
  try {
    execSync('npm ci --no-audit --no-fund', { cwd: web, stdio: 'pipe' });
  } catch {
    run('npm install --no-save --no-audit --no-fund --loglevel=error');
  }
}
if (changed(join(output, 'index.html')) < newest(web)) {
  run(`npm run build -- --outDir "${output}" --emptyOutDir`);
}
